using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Noah.Api.Tests.Features.Imports;

namespace Noah.Api.Tests.Features.Segments;

[Trait("Needs", "Postgres")]
public sealed class SegmentTests(NoahApplication application)
{
    [Theory]
    [InlineData("""{"all":[{"everyone":true},{"attribute":"shoeSize","op":"eq","value":42}]}""", "/filter/all/1/attribute")]
    [InlineData("""{"any":[{"attribute":"recency","op":"contains","value":"3"}]}""", "/filter/any/0/op")]
    [InlineData("""{"not":{"attribute":"recency","op":"lt","value":"3"}}""", "/filter/not/value")]
    [InlineData("""{"attribute":"joined","op":"gte","value":"03.02.2025"}""", "/filter/value")]
    [InlineData("""{"attribute":"channel","op":"in","value":["Web",3]}""", "/filter/value")]
    [InlineData("""{"event":"purchase","op":"atLeast","count":0}""", "/filter/count")]
    [InlineData("""{"event":"purchase","op":"atLeast","count":1,"within":3}""", "/filter/within")]
    [InlineData("""{"consent":{"channel":"pigeon","topic":"marketing"}}""", "/filter/consent/channel")]
    [InlineData("""{"all":[]}""", "/filter/all")]
    [InlineData("""{"everyone":true,"event":"visit"}""", "/filter")]
    [InlineData("""[]""", "/filter")]
    public async Task Create_WithAFaultyFilter_PointsAtTheFault(string filter, string pointer)
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);

        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/segments", new { displayName = "S", filter = JsonNode.Parse(filter) });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Create_WithAFilterThatIsTooDeep_IsRefused()
    {
        var tenant = await application.CreateTenantAsync();
        JsonNode filter = new JsonObject { ["everyone"] = true };
        for (var depth = 0; depth < 8; depth++)
        {
            filter = new JsonObject { ["not"] = filter };
        }

        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/segments", new { displayName = "S", filter });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Filter_ByAPersonalAttribute_NeedsTheScopeToReadIt()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        await tenant.PutAsync("/v1/members/m1", new { attributes = new { surname = "Doe" } });
        var key = await tenant.PostAsync("/v1/apiKeys", new { name = "analyst", scopes = new[] { "campaigns:read", "campaigns:write" } });
        var secret = key.GetProperty("secret").GetString()!;
        using var client = application.WithKey(secret);
        var analyst = new TestTenant(tenant.Name, secret, client);
        var filter = JsonNode.Parse("""{"not":{"attribute":"surname","op":"eq","value":"Roe"}}""");
        var bySurname = (await tenant.PostAsync("/v1/segments", new { displayName = "S", filter })).GetProperty("name").GetString();
        var everyone = (await analyst.PostAsync("/v1/segments", new { displayName = "E", filter = new { everyone = true } })).GetProperty("name").GetString();

        using var create = await analyst.SendAsync(HttpMethod.Post, "/v1/segments", new { displayName = "S", filter });
        using var patch = await analyst.SendAsync(HttpMethod.Patch, $"/v1/{everyone}", new { filter });
        var estimate = await analyst.PostAsync($"/v1/{bySurname}:estimate", new { });

        foreach (var response in new[] { create, patch })
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
            Assert.Equal(("/filter/not/attribute", "personal"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        }

        Assert.Equal(1, estimate.GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task Patch_ChangesWhatIsGivenAndNeedsTheVersionRead()
    {
        var tenant = await application.CreateTenantAsync();
        var segment = await tenant.PostAsync("/v1/segments", new { displayName = "Everyone", filter = new { everyone = true } });
        var path = $"/v1/{segment.GetProperty("name").GetString()}";

        using var blind = await tenant.SendAsync(HttpMethod.Patch, path, new { displayName = "All" }, ifMatch: null);
        using var patched = await tenant.SendAsync(HttpMethod.Patch, path, new { displayName = "All" }, ifMatch: "\"1\"");
        using var stale = await tenant.SendAsync(HttpMethod.Patch, path, new { displayName = "None" }, ifMatch: "\"1\"");

        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        var after = await tenant.GetAsync(path);
        Assert.Equal(("All", 2), (after.GetProperty("displayName").GetString(), after.GetProperty("version").GetInt32()));
        Assert.True(after.GetProperty("filter").GetProperty("everyone").GetBoolean());
    }

    [Fact]
    public async Task Segment_OfAnotherTenant_DoesNotExist()
    {
        var (owner, stranger) = (await application.CreateTenantAsync(), await application.CreateTenantAsync());
        var segment = (await owner.PostAsync("/v1/segments", new { displayName = "S", filter = new { everyone = true } })).GetProperty("name").GetString();

        using var get = await stranger.Client.GetAsync(new Uri($"/v1/{segment}", UriKind.Relative));
        using var estimate = await stranger.SendAsync(HttpMethod.Post, $"/v1/{segment}:estimate", new { });
        using var patch = await stranger.SendAsync(HttpMethod.Patch, $"/v1/{segment}", new { displayName = "Mine" });

        Assert.All([get, estimate, patch], response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
    }
}
