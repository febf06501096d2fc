namespace Noah.Api.Features.Members.Contracts;

/// <summary>Who asked to be erased. Their addresses stay barred by their hashes, so a person who is imported again is still known as erased.</summary>
internal interface IErasures
{
    /// <summary>Those of the members named whose address was barred for erasure, on whatever channel.</summary>
    Task<IReadOnlySet<Guid>> FindAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken);
}
