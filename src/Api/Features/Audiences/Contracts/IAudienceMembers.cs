namespace Noah.Api.Features.Audiences.Contracts;

/// <summary>Reads frozen audiences.</summary>
internal interface IAudienceMembers
{
    /// <summary>The audience itself; null when it does not exist.</summary>
    Task<AudienceTerms?> FindAsync(Guid audienceId, CancellationToken cancellationToken);

    /// <summary>The frozen members; null when the audience does not exist or was never built.</summary>
    Task<AudienceSnapshot?> ReadAsync(Guid audienceId, CancellationToken cancellationToken);
}

/// <summary>An audience, whether it is frozen, and then its size.</summary>
internal sealed record AudienceTerms(Guid AudienceId, string Name, bool Frozen, int Count);

/// <summary>A frozen audience; members ascending by id.</summary>
internal sealed record AudienceSnapshot(Guid AudienceId, string Name, IReadOnlyList<AudienceEntry> Members);

/// <summary>A member of an audience: of the filter's core, or of the expansion with its similarity to the seeds.</summary>
internal readonly record struct AudienceEntry(Guid MemberId, bool Expanded, float? Score);
