using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Products;

[Trait("Needs", "Postgres")]
public sealed class ProductTests(NoahApplication application)
{
    [Fact]
    public async Task Create_ThenGetAndList_ShowsTheProduct()
    {
        var tenant = await application.CreateTenantAsync();
        var product = await tenant.PostAsync("/v1/products", new { displayName = "Mens merchandise", line = "mens", marginRate = 0.45 });

        var got = await tenant.GetAsync($"/v1/{product.GetProperty("name").GetString()}");
        var listed = await tenant.GetAsync("/v1/products");

        Assert.Equal(product.GetRawText(), got.GetRawText());
        Assert.Equal(product.GetRawText(), listed.GetProperty("items")[0].GetRawText());
        using var again = await tenant.SendAsync(HttpMethod.Post, "/v1/products", new { displayName = "Mens merchandise", line = "x", marginRate = 0.1 });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    public async Task Create_WithAMarginThatIsNoShare_PointsAtIt(double marginRate)
    {
        var tenant = await application.CreateTenantAsync();

        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/products", new { displayName = "P", line = "l", marginRate });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("/marginRate", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }
}
