namespace Noah.Api.Platform.Http;

/// <summary>A page of a listing in the order of creation. An empty <see cref="NextPageToken"/> is the only end mark (AIP-158).</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string NextPageToken);

/// <summary>The query of a listing: page size (1 to 1,000, default 50; larger is coerced) and the token of the page before.</summary>
internal readonly record struct PageQuery(int? PageSize, string? PageToken)
{
    public int Size => Math.Clamp(PageSize ?? 50, 1, 1000);
}
