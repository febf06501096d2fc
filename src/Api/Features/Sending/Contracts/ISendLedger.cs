namespace Noah.Api.Features.Sending.Contracts;

/// <summary>The ledger of sends, for planning.</summary>
internal interface ISendLedger
{
    /// <summary>Adds planned sends in the caller's transaction; a campaign and member that have a line already keep it. Answers how many are new.</summary>
    Task<int> PlanAsync(IReadOnlyList<PlannedSend> sends, CancellationToken cancellationToken);

    /// <summary>Sends that count against a cap: planned, claimed or handed over with a due time in [from, to), per member.</summary>
    Task<IReadOnlyDictionary<Guid, int>> CountsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Members who have a line, in whatever state, per campaign; a campaign without lines is left out.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> MembersWithLineAsync(
        IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken);

    /// <summary>Sends handed over per variant of the campaigns, with their ids: the trials of the content posterior.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> HandedOverByVariantAsync(
        IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken);

    /// <summary>Cancels the sends of a campaign that wait, in the caller's transaction; answers how many. Those in a worker's hands end by its own check.</summary>
    Task<int> CancelAsync(Guid campaignId, CancellationToken cancellationToken);
}

/// <summary>A send to come.</summary>
internal sealed record PlannedSend(
    Guid RunId, Guid CampaignId, Guid MemberId, Guid VariantId, DateTimeOffset DueAt, DateTimeOffset ExpiresAt, double Propensity, int WeeklyCap);
