using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Noah.Api.Tests.Platform;

/// <summary>What a caller who errs is told.</summary>
[Trait("Needs", "Postgres")]
public sealed class ProblemTests(NoahApplication application)
{
    [Fact]
    public async Task WrongKey_Is401_AsProblemDocument()
    {
        using var client = application.WithKey("noah_wrong");
        using var response = await client.GetAsync("/v1/operations");
        await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task MissingKey_Is401() =>
        await AssertProblemAsync(await application.Anonymous.GetAsync("/v1/operations"), HttpStatusCode.Unauthorized, "unauthenticated");

    [Fact]
    public async Task KeyWithoutTheScope_Is403()
    {
        var tenant = await application.CreateTenantAsync();
        var key = await tenant.PostAsync("/v1/apiKeys", new { name = "reader", scopes = new[] { "reports:read" } });
        using var client = application.WithKey(key.GetProperty("secret").GetString()!);
        await AssertProblemAsync(await client.GetAsync("/v1/auditEvents"), HttpStatusCode.Forbidden, "forbidden-scope");
    }

    [Fact]
    public async Task RevokedKey_Is401_AtOnce()
    {
        var tenant = await application.CreateTenantAsync();
        var key = await tenant.PostAsync("/v1/apiKeys", new { name = "short-lived", scopes = new[] { "audit:read" } });
        using var client = application.WithKey(key.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/auditEvents")).StatusCode);
        (await tenant.Client.DeleteAsync($"/v1/{key.GetProperty("name").GetString()}")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/v1/auditEvents")).StatusCode);
    }

    [Fact]
    public async Task UnknownField_Is400_WithItsPointer()
    {
        var tenant = await application.CreateTenantAsync();
        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/apiKeys", new { name = "x", scopes = new[] { "audit:read" }, colour = "red" });
        var problem = await AssertProblemAsync(response, HttpStatusCode.BadRequest, "validation");
        Assert.Equal("/colour", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("unknownField", problem.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task EveryFault_IsNamed_NotOnlyTheFirst()
    {
        using var client = application.Operator;
        using var response = await client.PostAsJsonAsync("/v1/tenants", new { name = "", currency = "euro", timeZone = "Mars/Olympus", holdoutShare = 2 });
        var problem = await AssertProblemAsync(response, HttpStatusCode.BadRequest, "validation");
        var pointers = problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
        Assert.Equal(["/name", "/currency", "/timeZone", "/holdoutShare"], pointers);
    }

    [Theory]
    [InlineData("""{"name": 5, "scopes": []}""", "/name")]
    [InlineData("""{"name": "x", "scopes": ["audit:read", 7]}""", "/scopes/1")]
    [InlineData("""{"name": "x"}""", "")]
    [InlineData("{", "")]
    public async Task UnreadableBody_Is400_WithAPointer(string body, string pointer)
    {
        var tenant = await application.CreateTenantAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await tenant.Client.PostAsync("/v1/apiKeys", content);
        var problem = await AssertProblemAsync(response, HttpStatusCode.BadRequest, "validation");
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task UnknownRoute_Is404_AndWrongMethod405()
    {
        var tenant = await application.CreateTenantAsync();
        await AssertProblemAsync(await tenant.Client.GetAsync("/v1/nothing"), HttpStatusCode.NotFound, "not-found");
        await AssertProblemAsync(await tenant.Client.DeleteAsync("/v1/operations"), HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    internal static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("traceId").GetString()));
        return problem;
    }
}
