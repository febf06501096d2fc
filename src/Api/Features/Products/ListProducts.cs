using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Products;

internal static class ListProducts
{
    internal static async Task<Ok<Page<ProductView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Product.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Product>().AsNoTracking().Where(p => p.Id > after).OrderBy(p => p.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<ProductView>(
            [.. shown.Select(ProductView.Of)], rows.Count > page.Size ? PublicId.Format(Product.Prefix, shown[^1].Id) : ""));
    }
}
