using Noah.Api.Features.Products.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Products;

/// <summary>What campaigns sell, with the margins that turn spend into contribution.</summary>
internal static class ProductsFeature
{
    public static void AddProducts(this IServiceCollection services) => services.AddScoped<IProducts, ProductReader>();

    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/products").WithTags("Products");
        group.MapPost("/", CreateProduct.HandleAsync).RequireScope(Scopes.CampaignsWrite).AcceptIdempotencyKey()
            .WithName("CreateProduct").WithSummary("Creates a product with its margin");
        group.MapGet("/", ListProducts.HandleAsync).RequireScope(Scopes.CampaignsRead).WithName("ListProducts").WithSummary("Products, newest last");
        group.MapGet("/{id:rid}", GetProduct.HandleAsync).RequireScope(Scopes.CampaignsRead).WithName("GetProduct").WithSummary("One product");
    }
}
