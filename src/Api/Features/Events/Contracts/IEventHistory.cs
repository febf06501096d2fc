namespace Noah.Api.Features.Events.Contracts;

/// <summary>What members did, summed up.</summary>
internal interface IEventHistory
{
    /// <summary>Count and amount of events of a type per member in [from, to). Members without any are absent.</summary>
    Task<IReadOnlyDictionary<Guid, MemberOutcome>> OutcomesAsync(
        string type, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>
    /// Count and amount of events of a type per member from the member's own start to its own end (exclusive), given at the same index.
    /// Members are given once; those without any such event are absent.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, MemberOutcome>> OutcomesBetweenAsync(
        string type, IReadOnlyList<Guid> memberIds, IReadOnlyList<DateTimeOffset> starts, IReadOnlyList<DateTimeOffset> ends, CancellationToken cancellationToken);

    /// <summary>How often everybody, and each of the given members, acted in each hour of their own day.</summary>
    Task<LocalHours> LocalHourCountsAsync(
        IReadOnlyCollection<string> types, IReadOnlyCollection<Guid> memberIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Events of a type that answer to sends, by send: how often. For content feedback.</summary>
    Task<IReadOnlyDictionary<Guid, int>> CountsBySendAsync(string type, IReadOnlyCollection<Guid> sendIds, CancellationToken cancellationToken);

    /// <summary>Stores events once per client event id; answers how many were new.</summary>
    Task<int> RecordAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken);
}

/// <summary>Number of events and sum of their amounts in the tenant's currency.</summary>
internal readonly record struct MemberOutcome(int Count, decimal Amount);

/// <summary>Events by hour of the day, 24 counts each: of everybody, and of each member asked for. Members without any are absent.</summary>
internal sealed record LocalHours(int[] Everybody, IReadOnlyDictionary<Guid, int[]> Members);

/// <summary>An event to store.</summary>
internal sealed record NewEvent(
    string EventId, Guid MemberId, string Type, DateTimeOffset OccurredAt, decimal? Amount = null, Guid? ProductId = null, Guid? SendId = null);
