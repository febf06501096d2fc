using System.Net;

namespace Noah.Api.Tests.Platform;

/// <summary>A request that is sent again acts once.</summary>
[Trait("Needs", "Postgres")]
public sealed class IdempotencyTests(NoahApplication application)
{
    private static readonly object Product = new { displayName = "Shirts", line = "mens", marginRate = 0.4 };

    [Fact]
    public async Task SameKeyAndBody_GivesTheFirstAnswerAgain()
    {
        var tenant = await application.CreateTenantAsync();
        using var first = await tenant.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-1");
        using var second = await tenant.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-1");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task SameKeyWithAnotherBody_Is422()
    {
        var tenant = await application.CreateTenantAsync();
        using var first = await tenant.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-1");
        using var second = await tenant.SendAsync(HttpMethod.Post, "/v1/products", new { displayName = "Dresses", line = "womens", marginRate = 0.4 }, "k-1");
        await ProblemTests.AssertProblemAsync(second, HttpStatusCode.UnprocessableEntity, "idempotency-mismatch");
    }

    [Fact]
    public async Task KeyOfARefusedRequest_CanBeUsedAgain_OnceItIsMended()
    {
        var tenant = await application.CreateTenantAsync();
        using var refused = await tenant.SendAsync(HttpMethod.Post, "/v1/products", new { displayName = "Shirts", line = "mens", marginRate = 4 }, "k-1");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var mended = await tenant.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-1");
        Assert.Equal(HttpStatusCode.Created, mended.StatusCode);
    }

    [Fact]
    public async Task ManyAtOnce_ActOnce()
    {
        var tenant = await application.CreateTenantAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tenant.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-race")));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, answer.StatusCode.ToString()));
        var products = await tenant.GetAsync("/v1/products");
        Assert.Equal(1, products.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task OneTenantsKey_IsAnotherForTheNext()
    {
        var (mine, theirs) = (await application.CreateTenantAsync(), await application.CreateTenantAsync());
        using var first = await mine.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-1");
        using var second = await theirs.SendAsync(HttpMethod.Post, "/v1/products", Product, "k-1");
        Assert.False(second.Headers.Contains("Idempotency-Replayed"));
    }
}
