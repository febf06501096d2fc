namespace Noah.Api.Features.Events.Contracts;

/// <summary>Events one after the other, for features that go through years of them: no more than one is in memory.</summary>
internal interface IEventStream
{
    /// <summary>Events of the tenant in [from, to], in no order. The scope's connection is taken until the last of them.</summary>
    /// <param name="from">The first instant; null for the beginning.</param>
    /// <param name="to">The last instant, itself inside.</param>
    /// <param name="types">Only of these; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IAsyncEnumerable<LoggedEvent> ReadAsync(
        DateTimeOffset? from, DateTimeOffset to, IReadOnlyCollection<string>? types, CancellationToken cancellationToken);
}

/// <summary>An event as stored.</summary>
internal readonly record struct LoggedEvent(Guid MemberId, string Type, DateTimeOffset OccurredAt, decimal? Amount, Guid? ProductId);
