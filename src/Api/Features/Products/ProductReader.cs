using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Products.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Products;

internal sealed class ProductReader(NoahDbContext db) : IProducts
{
    public Task<ProductTerms?> FindAsync(Guid productId, CancellationToken cancellationToken) => db.Set<Product>().AsNoTracking()
        .Where(p => p.Id == productId)
        .Select(p => new ProductTerms(p.Id, p.Name, p.Line, p.MarginRate))
        .SingleOrDefaultAsync(cancellationToken);
}
