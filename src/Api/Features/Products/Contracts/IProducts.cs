namespace Noah.Api.Features.Products.Contracts;

/// <summary>Reads products.</summary>
internal interface IProducts
{
    Task<ProductTerms?> FindAsync(Guid productId, CancellationToken cancellationToken);
}

/// <summary>What a plan needs of a product: its line and its contribution margin as a share of spend, in (0, 1].</summary>
internal sealed record ProductTerms(Guid ProductId, string Name, string Line, double MarginRate);
