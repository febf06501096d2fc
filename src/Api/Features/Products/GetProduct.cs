using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Products;

internal static class GetProduct
{
    internal static async Task<Results<Ok<ProductView>, ProblemHttpResult>> HandleAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Product.Prefix, id, out var productId)
        && await db.Set<Product>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == productId, cancellationToken) is { } product
            ? TypedResults.Ok(ProductView.Of(product))
            : Problems.NotFound($"products/{id}");
}
