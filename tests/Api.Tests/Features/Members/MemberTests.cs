using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Imports;

namespace Noah.Api.Tests.Features.Members;

[Trait("Needs", "Postgres")]
public sealed class MemberTests(NoahApplication application)
{
    [Fact]
    public async Task Put_ThenGet_ShowsAddressAndPersonalAttributesToKeysWithPiiOnly()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var account = (await tenant.PutAsync("/v1/accounts/acme", new { displayName = "Acme" })).GetProperty("name").GetString();
        var created = await tenant.PutAsync("/v1/members/m1", new
        {
            email = "m1@example.invalid",
            timeZone = "Europe/Berlin",
            account,
            attributes = new { recency = 3.5, joined = "2025-02-03", newbie = true, surname = "Doe" },
        });
        var name = created.GetProperty("name").GetString()!;
        var key = await tenant.PostAsync("/v1/apiKeys", new { name = "analyst", scopes = new[] { "members:read" } });
        using var analyst = application.WithKey(key.GetProperty("secret").GetString()!);

        var full = await tenant.GetAsync($"/v1/{name}");
        var seen = await analyst.GetFromJsonAsync<JsonElement>($"/v1/{name}");

        Assert.Equal(("m1@example.invalid", account), (full.GetProperty("email").GetString(), full.GetProperty("account").GetString()));
        Assert.Equal("Doe", full.GetProperty("attributes").GetProperty("surname").GetString());
        Assert.False(seen.TryGetProperty("email", out _));
        Assert.False(seen.GetProperty("attributes").TryGetProperty("surname", out _));
        Assert.Equal(3.5, seen.GetProperty("attributes").GetProperty("recency").GetDouble());
        Assert.DoesNotContain("m1@", await analyst.GetStringAsync(new Uri("/v1/members", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WithWrongValues_PointsAtEach()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);

        using var response = await tenant.SendAsync(HttpMethod.Put, "/v1/members/m1", new
        {
            email = "not an address",
            timeZone = "Nowhere",
            account = "accounts/acc_00000000000000000000000000",
            attributes = new { recency = "3", joined = "03.02.2025", shoe = 42 },
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            ["/account", "/attributes/joined", "/attributes/recency", "/attributes/shoe", "/email", "/timeZone"], (await PointersAsync(response)).Order());
    }

    [Fact]
    public async Task PutSchema_AddsAttributesButNeverChangesAType()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);

        var grown = await tenant.PutAsync("/v1/memberSchema", new { attributes = new object[] { new { name = "tier", type = "text" } } });
        using var refused = await tenant.SendAsync(HttpMethod.Put, "/v1/memberSchema", new
        {
            attributes = new object[] { new { name = "tier", type = "text" }, new { name = "recency", type = "text" } },
        });

        Assert.Equal(6, grown.GetProperty("attributes").GetArrayLength());
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(["/attributes/1/type"], await PointersAsync(refused));
    }

    [Fact]
    public async Task List_PagesThroughEveryMemberOnce()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.ImportAsync(
            new { kind = "members", columns = new { externalId = "id" } }, "id\n" + string.Join('\n', Enumerable.Range(0, 25).Select(i => $"m{i}")));
        var seen = new List<string>();
        var token = "";
        do
        {
            var page = await tenant.GetAsync($"/v1/members?pageSize=10&pageToken={token}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("externalId").GetString()!));
            token = page.GetProperty("nextPageToken").GetString()!;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"m{i}").Order(), seen.Order());
    }

    [Fact]
    public async Task Member_OfAnotherTenant_DoesNotExist()
    {
        var (owner, stranger) = (await application.CreateTenantAsync(), await application.CreateTenantAsync());
        var member = (await owner.PutAsync("/v1/members/m1", new { })).GetProperty("name").GetString();
        var product = (await owner.PostAsync("/v1/products", new { displayName = "P", line = "l", marginRate = 1 })).GetProperty("name").GetString();
        var account = (await owner.PutAsync("/v1/accounts/a", new { displayName = "A" })).GetProperty("name").GetString();

        foreach (var path in new[] { $"/v1/{member}", $"/v1/{member}/consents", $"/v1/{product}", $"/v1/{account}" })
        {
            using var response = await stranger.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var consent = await stranger.SendAsync(
            HttpMethod.Post, $"/v1/{member}/consents", new { channel = "email", topic = "t", state = "granted", source = "s" });
        Assert.Equal(HttpStatusCode.NotFound, consent.StatusCode);
        Assert.Equal(0, (await stranger.GetAsync("/v1/members")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Tables_HoldTypedColumnsWithoutPersonalOnes()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        await tenant.PutAsync("/v1/members/a", new { attributes = new { recency = 2.5, joined = "1970-01-11", newbie = false, surname = "Doe" } });
        await tenant.PutAsync("/v1/members/b", new { timeZone = "Europe/Berlin", attributes = new { channel = "Web" } });

        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        var table = await scope.ServiceProvider.GetRequiredService<IMemberTables>().ReadAsync(null, default);

        Assert.Equal(table.MemberIds.Order(), table.MemberIds);
        Assert.Equal(["channel", "joined", "newbie", "recency"], table.Columns.Select(c => c.Name));
        // The rows stand in the order of the ids, which follow from the salt.
        var b = Array.IndexOf(table.TimeZones, "Europe/Berlin");
        var a = 1 - b;
        Assert.Equal("America/New_York", table.TimeZones[a]);
        Assert.Equal((null, "Web"), (table.Columns[0].Texts![a], table.Columns[0].Texts![b]));
        Assert.Equal((10f, float.NaN), (table.Columns[1].Numbers![a], table.Columns[1].Numbers![b]));
        Assert.Equal(("false", null), (table.Columns[2].Texts![a], table.Columns[2].Texts![b]));
        Assert.Equal((2.5f, float.NaN), (table.Columns[3].Numbers![a], table.Columns[3].Numbers![b]));
    }

    private static async Task<string?[]> PointersAsync(HttpResponseMessage response) =>
        [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString())];
}
