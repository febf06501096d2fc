using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.LifetimeValues;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.LifetimeValues;

[Trait("Needs", "Postgres")]
public sealed class LifetimeVersionTests(NoahApplication application)
{
    [Fact]
    public async Task Training_ThatIsNotWorse_TakesOver_AndGoesBackByOneStep()
    {
        var (shop, name) = await TrainedAsync(700);
        var retrained = await shop.Tenant.RunAsync($"/v1/{name}:train", new { });
        Assert.Equal("ACTIVE", retrained.GetProperty("metadata").GetProperty("state").GetString());
        Assert.Equal(["RETIRED", "ACTIVE"], await StatesAsync(shop, name));
        var second = await shop.Tenant.GetAsync($"/v1/{name}/versions/2");
        var comparison = second.GetProperty("comparison");
        Assert.Equal((1, "noDifference"), (comparison.GetProperty("against").GetInt32(), comparison.GetProperty("verdict").GetString()));
        Assert.Contains("Nothing is shown to be worse", comparison.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("activeVersion").GetInt32());
        using (var client = application.Anonymous)
        {
            var page = await client.GetStringAsync(new Uri(second.GetProperty("links").GetProperty("html").GetString()!));
            Assert.Contains("customers are valued by it since", page, StringComparison.Ordinal);
            Assert.Contains("Beside version 1", page, StringComparison.Ordinal);
            Assert.Contains("How unevenly customers bring", page, StringComparison.Ordinal);
        }

        await shop.Tenant.RunAsync($"/v1/{name}:rollback", new { });
        Assert.Equal(["ACTIVE", "SHADOW"], await StatesAsync(shop, name));
        using var further = await shop.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:rollback", new { });
        Assert.Equal(HttpStatusCode.Conflict, further.StatusCode);
        await shop.Tenant.RunAsync($"/v1/{name}:promote", new { version = 2 });
        Assert.Equal(["RETIRED", "ACTIVE"], await StatesAsync(shop, name));
        using var unknown = await shop.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:promote", new { version = 7 });
        Assert.Contains("its latest is 2", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_OfAWorseVersion_HasToBeAcknowledged_AndItsScoresComeWithIt()
    {
        var (shop, name) = await TrainedAsync(700);
        var horizon = (await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("card").GetProperty("spread");
        Assert.InRange(horizon.GetProperty("p99").GetDouble(), horizon.GetProperty("p90").GetDouble(), 1e6);
        Assert.InRange(horizon.GetProperty("shareWithPurchase").GetDouble(), 0.05, 1);
        var scored = (await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("asOfTime").GetDateTimeOffset();
        await using (var scope = application.Services.GetRequiredService<TenantScopes>().Open(shop.Tenant.Id))
        {
            var db = scope.ServiceProvider.GetRequiredService<NoahDbContext>();
            var value = await db.Set<LifetimeValue>().SingleAsync();
            var first = await db.Set<LifetimeValueVersion>().SingleAsync();
            float[] amounts = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? 0f : i)];
            db.Add(new LifetimeValueVersion
            {
                LifetimeValueId = value.Id,
                Number = value.LatestVersion = 2,
                Card = first.Card,
                Parameters = first.Parameters,
                Network = first.Network,
                Comparison = JsonSerializer.SerializeToDocument(
                    LifetimeComparison.Of(1, 90, [.. amounts.Select(amount => 300 - amount)], amounts, amounts, 1), OperationJson.Options),
                TrainedAt = first.TrainedAt,
            });
            await db.SaveChangesAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => db.Set<LifetimeValueVersion>().ExecuteUpdateAsync(set => set.SetProperty(v => v.Number, 9)));
        }

        using var refused = await shop.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:promote", new { version = 2 });
        var error = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("/acknowledge", error.GetProperty("pointer").GetString());
        Assert.Contains("stays in use", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["ACTIVE", "SHADOW"], await StatesAsync(shop, name));
        await shop.Tenant.RunAsync($"/v1/{name}:promote", new { version = 2, acknowledge = new[] { "worseThanActive" } });
        Assert.Equal(["RETIRED", "ACTIVE"], await StatesAsync(shop, name));
        Assert.True((await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("asOfTime").GetDateTimeOffset() >= scored);
        var best = (await shop.Tenant.GetAsync($"/v1/{name}/members?pageSize=1")).GetProperty("items")[0].GetProperty("horizons")[0];
        Assert.Equal(
            best.GetProperty("mean").GetDouble(), best.GetProperty("meanIfPurchase").GetDouble() * best.GetProperty("probabilityOfPurchase").GetDouble(), 1e-6);
    }

    [Fact]
    public void Comparison_SaysWhatIsWorse_AndWhatTakesOver()
    {
        var random = new Random(5);
        float[] amounts = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble() < 0.5 ? 0f : (float)(100 * random.NextDouble()))];
        float[] good = [.. amounts.Select(amount => amount + 1)], reversed = [.. amounts.Select(amount => 101 - amount)], doubled = [.. good.Select(mean => 2 * mean)];

        var same = LifetimeComparison.Of(1, 90, good, good, amounts, 1);
        Assert.Equal((LifetimeComparison.NoDifference, 0, true), (same.Verdict, same.NormalizedGini.Difference, LifetimeComparison.TakesOver(same)));
        var worse = LifetimeComparison.Of(1, 90, reversed, good, amounts, 1);
        Assert.Equal((LifetimeComparison.Worse, false), (worse.Verdict, LifetimeComparison.TakesOver(worse)));
        Assert.Equal(LifetimeComparison.Better, LifetimeComparison.Of(1, 90, good, reversed, amounts, 1).Verdict);
        // The same order with amounts twice too high.
        var inflated = LifetimeComparison.Of(1, 90, doubled, good, amounts, 1);
        Assert.Equal((LifetimeComparison.NoDifference, LifetimeComparison.Worse), (inflated.NormalizedGini.Verdict, inflated.DecileError.Verdict));
        Assert.False(LifetimeComparison.TakesOver(inflated));
        Assert.True(LifetimeComparison.TakesOver(null));
    }

    [Fact]
    public void Spread_IsThatOfTheAmounts()
    {
        var spread = LifetimeCardSpread.Of(90, [.. Enumerable.Range(1, 100).Select(i => i <= 60 ? 0f : i == 100 ? 1000f : 10f)]);
        Assert.Equal((0.4, 13.9, 0.0, 10.0, 10.0), (spread.ShareWithPurchase, spread.Mean, spread.P50, spread.P90, spread.P99));
        Assert.Equal((1090 / 1390.0, 1390 / 40.0), (spread.TopTenthShare, spread.MeanIfPurchase));
        // The mean is above what 99 of a hundred bring.
        Assert.True(spread.Mean > spread.P99);
    }

    private async Task<(Shop Shop, string Name)> TrainedAsync(int members)
    {
        var shop = await Shop.CreateAsync(application, members, seed: 6);
        var name = (await shop.Tenant.PostAsync("/v1/lifetimeValues", new
        {
            displayName = "Value",
            valueEvents = new[] { "purchase" },
            marginRate = 0.4,
            seed = 3,
        })).GetProperty("name").GetString()!;
        await shop.Tenant.RunAsync($"/v1/{name}:train", new { });
        return (shop, name);
    }

    private static async Task<string[]> StatesAsync(Shop shop, string name) =>
        [.. (await shop.Tenant.GetAsync($"/v1/{name}/versions")).GetProperty("items").EnumerateArray().Select(version => version.GetProperty("state").GetString()!)];
}
