using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Products;

/// <summary>A product as the API shows it.</summary>
internal sealed record ProductView(string Name, string DisplayName, string Line, double MarginRate, DateTimeOffset CreateTime)
{
    public static ProductView Of(Product product) => new(
        $"products/{PublicId.Format(Product.Prefix, product.Id)}", product.Name, product.Line, product.MarginRate, product.CreatedAt);
}
