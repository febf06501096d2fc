using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Products;

internal static class CreateProduct
{
    /// <param name="DisplayName">Unique within the tenant.</param>
    /// <param name="Line">Business line, such as <c>mens</c>.</param>
    /// <param name="MarginRate">Contribution margin as a share of spend, in (0, 1].</param>
    internal sealed record Request(string DisplayName, string Line, double MarginRate);

    internal static async Task<Results<Created<ProductView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Text("/displayName", request.DisplayName)
            .Text("/line", request.Line, maximumLength: 64)
            .Require(request.MarginRate is > 0 and <= 1, "/marginRate", "outOfRange", "/marginRate must lie above 0 and at most at 1.", new { above = 0, maximum = 1 });
        if (check.Failed(out var problem))
        {
            return problem;
        }

        if (await db.Set<Product>().AnyAsync(p => p.Name == request.DisplayName, cancellationToken))
        {
            return Problems.Result(ProblemType.AlreadyExists, $"There is a product named '{request.DisplayName}'.");
        }

        var product = new Product
        {
            Name = request.DisplayName,
            Line = request.Line,
            MarginRate = request.MarginRate,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(product);
        await db.SaveChangesAsync(cancellationToken);
        var view = ProductView.Of(product);
        return TypedResults.Created($"/v1/{view.Name}", view);
    }
}
