namespace Noah.Api.Features.Members.Contracts;

/// <summary>Members as columns: what models, audiences and plans read.</summary>
internal interface IMemberTables
{
    /// <summary>The members named, or all of the tenant when null, in the order of their ids. Personal attributes are left out.</summary>
    Task<MemberTable> ReadAsync(IReadOnlyCollection<Guid>? memberIds, CancellationToken cancellationToken);

    /// <summary>At most so many members, the same ones each time: a sample by a hash of the id.</summary>
    Task<MemberTable> SampleAsync(int most, CancellationToken cancellationToken);
}

/// <summary>A frozen, columnar batch of members; every column has one entry a member.</summary>
/// <param name="MemberIds">Ascending.</param>
/// <param name="TimeZones">IANA zone; the tenant's own where the member has none.</param>
/// <param name="Columns">The declared attributes that are not personal, in the order of their names.</param>
internal sealed record MemberTable(Guid[] MemberIds, string[] TimeZones, IReadOnlyList<MemberColumn> Columns)
{
    public int Count => MemberIds.Length;
}

/// <summary>
/// One attribute over all members of a table. Numbers and dates (days since 1970) fill Numbers with NaN where missing; text and booleans fill Texts, and
/// names fill Sets, with null.
/// </summary>
internal sealed record MemberColumn(string Name, AttributeType Type, float[]? Numbers, string?[]? Texts, string[]?[]? Sets = null);
