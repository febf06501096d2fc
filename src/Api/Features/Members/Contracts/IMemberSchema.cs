namespace Noah.Api.Features.Members.Contracts;

/// <summary>The attributes that the tenant has declared.</summary>
internal interface IMemberSchema
{
    /// <summary>All declared attributes by name, in ordinal order of the names.</summary>
    Task<SortedDictionary<string, AttributeSpec>> ReadAsync(CancellationToken cancellationToken);
}
