namespace Noah.Api.Features.Audiences.Contracts;

/// <summary>Reads frozen audiences.</summary>
internal interface IAudienceMembers
{
    /// <summary>The frozen members; null when the audience does not exist or was never built.</summary>
    Task<AudienceSnapshot?> ReadAsync(Guid audienceId, CancellationToken cancellationToken);
}

/// <summary>A frozen audience; members ascending by id.</summary>
internal sealed record AudienceSnapshot(Guid AudienceId, string Name, IReadOnlyList<AudienceEntry> Members);

/// <summary>A member of an audience: of the filter's core, or of the expansion with its similarity to the seeds.</summary>
internal readonly record struct AudienceEntry(Guid MemberId, bool Expanded, float? Score);
