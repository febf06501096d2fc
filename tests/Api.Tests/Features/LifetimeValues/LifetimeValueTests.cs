using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.LifetimeValues;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Training;
using Npgsql;

namespace Noah.Api.Tests.Features.LifetimeValues;

[Trait("Needs", "Postgres")]
public sealed class LifetimeValueTests(NoahApplication application)
{
    private static readonly string[] Purchases = ["purchase"];

    [Fact]
    public async Task Training_ValuesCustomers_AndSaysHowRightItIs()
    {
        var shop = await Shop.CreateAsync(application, 900);
        var name = await CreateAsync(shop, features: ["age", "keen"]);
        await shop.Tenant.RunAsync($"/v1/{name}:train", new { });
        var value = await shop.Tenant.GetAsync($"/v1/{name}");
        var card = value.GetProperty("card");

        Assert.Equal("TRAINED", value.GetProperty("state").GetString());
        Assert.True(card.GetProperty("competitors").GetArrayLength() == 2, card.GetRawText());
        var chosen = card.GetProperty("competitors").EnumerateArray().Single(c => c.GetProperty("method").GetString() == card.GetProperty("method").GetString());
        Assert.True(chosen.GetProperty("normalizedGini").GetDouble() > 0.2, chosen.GetRawText());
        Assert.InRange(chosen.GetProperty("meanPredicted").GetDouble() / chosen.GetProperty("meanActual").GetDouble(), 0.6, 1.6);
        Assert.Equal(10, chosen.GetProperty("deciles").GetArrayLength());
        Assert.Equal("passes", card.GetProperty("leakage").GetProperty("status").GetString());
        Assert.True(card.GetProperty("leakage").GetProperty("timesChecked").GetInt32() > 8);
        // 500 days of log: 90 are learnt, 365 are longer than (500 − 83) / 1.5, and so are stretched from the nearly 278 that fit.
        (int Days, bool Stretched)[] horizons =
            [.. card.GetProperty("horizons").EnumerateArray().Select(h => (h.GetProperty("days").GetInt32(), h.GetProperty("extrapolated").GetBoolean()))];
        Assert.Equal([(90, false), (horizons[1].Days, false), (365, true)], horizons);
        // The host's clock is shared: another test may have moved it on by days.
        Assert.InRange(horizons[1].Days, 270, 300);
        Assert.Equal([1, 1, 0], card.GetProperty("horizons").EnumerateArray().Select(h => h.GetProperty("matureShare").GetDouble()));

        var members = await AllAsync(shop, name, pageSize: 100);
        Assert.InRange(members.Count, 700, 810);
        Assert.Equal(members.Count, members.Select(m => m.GetProperty("member").GetString()).Distinct().Count());
        var means = members.Select(m => Horizon(m, 365).GetProperty("mean").GetDouble()).ToArray();
        Assert.Equal(means.OrderDescending(), means);
        Assert.All(members, AssertConsistent);
        await AssertSegmentsAsync(shop, name, members);

        var one = await shop.Tenant.GetAsync($"/v1/{name}/{members[3].GetProperty("member").GetString()}");
        Assert.Equal(members[3].GetRawText(), one.GetRawText());
        var byExternalId = await shop.Tenant.GetAsync($"/v1/{name}/members?externalId={members[3].GetProperty("externalId").GetString()}");
        Assert.Equal(members[3].GetRawText(), byExternalId.GetProperty("items")[0].GetRawText());

        // The same log and seed give the same values, by training again and by valuing with what was learnt.
        List<JsonElement> trained, scored;
        do
        {
            await shop.Tenant.RunAsync($"/v1/{name}:train", new { });
            trained = await AllAsync(shop, name, 1000);
            await shop.Tenant.RunAsync($"/v1/{name}:score", new { });
            scored = await AllAsync(shop, name, 1000);
        }
        while (AsOf(trained) != AsOf(scored));
        Assert.Equal(trained.Select(m => m.GetRawText()), scored.Select(m => m.GetRawText()));
        Assert.True(AsOf(trained) != AsOf(members) || members.Select(m => m.GetRawText()).SequenceEqual(trained.Select(m => m.GetRawText())));
        await AssertPageAsync(shop, name);
    }

    [Fact]
    public async Task AnAttributeThatKnowsTheFuture_IsLeftOut_AndNamed()
    {
        var shop = await Shop.CreateAsync(application, 700, seed: 2);
        await PlantAsync(shop);
        var name = await CreateAsync(shop, features: ["age", "rating"]);
        await shop.Tenant.RunAsync($"/v1/{name}:train", new { });
        var card = (await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("card");
        Assert.Equal("suspicious", card.GetProperty("leakage").GetProperty("status").GetString());
        Assert.Equal(["rating"], card.GetProperty("leakage").GetProperty("leftOut").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(["age"], card.GetProperty("data").GetProperty("attributes").EnumerateArray().Select(a => a.GetString()));
        Assert.Contains(card.GetProperty("summary").EnumerateArray(), sentence => sentence.GetString()!.Contains("'rating' was left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Money_CountsAsContribution_WithMarginsAndReturns()
    {
        var shop = await Shop.CreateAsync(application, 3, events: false);
        var product = (await shop.Tenant.PostAsync("/v1/products", new { displayName = "Coat", line = "mens", marginRate = 0.5 })).GetProperty("name").GetString()!;
        Assert.True(PublicId.TryParse("prd", product["products/".Length..], out var productId));
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(shop.Tenant.Id);
        var now = LifetimeScoring.MidnightBefore(scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        await scope.ServiceProvider.GetRequiredService<IEventHistory>().RecordAsync(
        [
            new NewEvent("a", shop.Members[0], "purchase", now.AddDays(-30), 100, productId),
            new NewEvent("b", shop.Members[0], "purchase", now.AddDays(-20), 50),
            new NewEvent("c", shop.Members[0], "refund", now.AddDays(-10), 20),
            new NewEvent("d", shop.Members[1], "visit", now.AddDays(-5)),
            new NewEvent("e", shop.Members[0], "purchase", now.AddHours(1), 500),
        ], default);
        var specification = new LifetimeValueSpecification(Purchases, ["refund"], [90], 0, 0.2, [], 0.7, 1);
        var log = await scope.ServiceProvider.GetRequiredService<CustomerLogReader>().ReadAsync(specification, now, 60, null, default);
        var row = Array.IndexOf(log.Members.MemberIds, shop.Members[0]);
        // Half of 100 for the coat, a fifth of what names no product; the refund takes 4 of the 10 before it.
        Assert.Equal([50, 10, -4], log.Histories[row].Movements.Select(movement => movement.Contribution));
        var summary = log.Histories[row].SummaryAsOf(now, row)!.Value;
        Assert.Equal((1, 6.0), (summary.Frequency, summary.MeanAmount));
        Assert.Equal(10, log.Histories[row].SummaryAsOf(now.AddDays(-15), row)!.Value.MeanAmount);
        Assert.Null(log.Histories[row].SummaryAsOf(now.AddDays(-30), row));
        Assert.Equal(["purchase", "refund", "visit"], log.Kinds);
        Assert.Equal(30, log.HistoryDays);
    }

    [Fact]
    public void Windows_TakeWhatTheLogAllows()
    {
        var specification = new LifetimeValueSpecification(Purchases, [], [90, 365], 0.1, 1, [], 0.7, 1);
        var reference = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var (design, known, later) = LifetimeWindows.For(specification, reference, 700);
        Assert.Equal((90, 365, 0), (design.JitterDays, design.FollowUpDays, later.Count));
        Assert.Equal([90, 365], known);
        (_, known, later) = LifetimeWindows.For(specification, reference, 120);
        Assert.Equal([66], known);
        Assert.Equal([90, 365], later);
        Assert.Contains("at least", Assert.Throws<Noah.Api.Platform.Errors.ProblemException>(() => LifetimeWindows.For(specification, reference, 40)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutPurchases_TrainingSaysWhatIsMissing_AndNothingIsListed()
    {
        var shop = await Shop.CreateAsync(application, 20, events: false);
        var name = await CreateAsync(shop);
        var operation = await shop.Tenant.RunAsync($"/v1/{name}:train", new { }, expectedState: "FAILED");
        Assert.Contains("0 days of purchases", operation.GetProperty("error").GetRawText(), StringComparison.Ordinal);
        using var members = await shop.Tenant.Client.GetAsync(new Uri($"/v1/{name}/members", UriKind.Relative));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, members.StatusCode);
        using var segment = await shop.Tenant.SendAsync(HttpMethod.Post, "/v1/segments", new
        {
            displayName = "S",
            filter = new { lifetimeValue = name, horizonDays = 90, op = "top", share = 0.1 },
        });
        Assert.Contains("notReady", await segment.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeAbortOfTraining_CostsTheOperation_AndTheHostGoesOn()
    {
        var shop = await Shop.CreateAsync(application, 900, seed: 4);
        var name = await CreateAsync(shop);
        var operation = await RunningOperation.StartAsync(shop.Tenant, $"/v1/{name}:train");
        await operation.AtAsync("training");
        (await TrainerChild.FindAsync(operation.Name)).Signal(TrainerChild.Abort);
        var ended = await operation.EndedAsync();

        Assert.Equal("FAILED", ended.GetProperty("state").GetString());
        Assert.Equal("trainer-died", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("SIGABRT", ended.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("DRAFT", (await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Create_WithFaults_NamesEachOfThem_AndAnotherTenantSeesNothing()
    {
        var shop = await Shop.CreateAsync(application, 1, events: false);
        using var response = await shop.Tenant.SendAsync(HttpMethod.Post, "/v1/lifetimeValues", new
        {
            displayName = "",
            valueEvents = new[] { "purchase", "pur chase" },
            returnEvents = new[] { "purchase" },
            horizonDays = new[] { 365, 90 },
            marginRate = 0,
            annualDiscountRate = 3,
            features = new[] { "age", "shoeSize" },
        });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var pointers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString());
        Assert.Equal(
            ["/displayName", "/marginRate", "/annualDiscountRate", "/horizonDays", "/valueEvents/1", "/returnEvents/0", "/features/1"], pointers);

        var name = await CreateAsync(shop);
        var stranger = await application.CreateTenantAsync();
        using var read = await stranger.Client.GetAsync(new Uri($"/v1/{name}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        using var train = await stranger.SendAsync(HttpMethod.Post, $"/v1/{name}:train", new { });
        Assert.Equal(HttpStatusCode.NotFound, train.StatusCode);
        using var segment = await stranger.SendAsync(HttpMethod.Post, "/v1/segments", new
        {
            displayName = "S",
            filter = new { lifetimeValue = name, horizonDays = 90, op = "atLeast", value = 1 },
        });
        Assert.Contains("/filter/lifetimeValue", await segment.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task AssertPageAsync(Shop shop, string name)
    {
        var link = (await shop.Tenant.GetAsync($"/v1/{name}")).GetProperty("links").GetProperty("html").GetString()!;
        using var client = application.Anonymous;
        var page = await client.GetStringAsync(new Uri(link));
        Assert.Contains("What customers bring &amp; when", page, StringComparison.Ordinal);
        Assert.Contains("BG/NBD with gamma-gamma", page, StringComparison.Ordinal);
        Assert.Contains("stretched, unchecked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        if (Environment.GetEnvironmentVariable("NOAH_TEST_PAGES") is { Length: > 0 } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "lifetime-value.html"), page);
        }
    }

    private static async Task AssertSegmentsAsync(Shop shop, string name, List<JsonElement> members)
    {
        var top = (await shop.Tenant.PostAsync("/v1/segments", new { displayName = "Best", filter = new { lifetimeValue = name, horizonDays = 365, op = "top", share = 0.1 } }))
            .GetProperty("name").GetString()!;
        Assert.Equal((int)Math.Ceiling(0.1 * members.Count), (await shop.Tenant.PostAsync($"/v1/{top}:estimate", new { })).GetProperty("count").GetInt32());
        var line = Horizon(members[members.Count / 4], 90).GetProperty("mean").GetDouble();
        var above = (await shop.Tenant.PostAsync("/v1/segments", new { displayName = "Good", filter = new { lifetimeValue = name, horizonDays = 90, op = "atLeast", value = line } }))
            .GetProperty("name").GetString()!;
        Assert.Equal(
            members.Count(m => Horizon(m, 90).GetProperty("mean").GetDouble() >= line),
            (await shop.Tenant.PostAsync($"/v1/{above}:estimate", new { })).GetProperty("count").GetInt32());
        using var unknown = await shop.Tenant.SendAsync(HttpMethod.Post, "/v1/segments", new { displayName = "S", filter = new { lifetimeValue = name, horizonDays = 7, op = "middle", share = 2 } });
        Assert.Contains("/filter/horizonDays", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void AssertConsistent(JsonElement member)
    {
        Assert.InRange(member.GetProperty("probabilityAlive").GetDouble(), 0, 1);
        double before = 0;
        foreach (var horizon in member.GetProperty("horizons").EnumerateArray())
        {
            double Of(string name) => horizon.GetProperty(name).GetDouble();
            Assert.True(Of("p10") <= Of("p50") && Of("p50") <= Of("p90"), horizon.GetRawText());
            Assert.InRange(Of("mean"), before, 1e6);
            before = Of("mean");
        }
    }

    private static string? AsOf(List<JsonElement> members) => members[0].GetProperty("asOfTime").GetString();

    private static JsonElement Horizon(JsonElement member, int days) =>
        member.GetProperty("horizons").EnumerateArray().Single(horizon => horizon.GetProperty("days").GetInt32() == days);

    private static async Task<List<JsonElement>> AllAsync(Shop shop, string name, int pageSize)
    {
        var (all, token) = (new List<JsonElement>(), "");
        do
        {
            var page = await shop.Tenant.GetAsync($"/v1/{name}/members?horizonDays=365&pageSize={pageSize}&pageToken={Uri.EscapeDataString(token)}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            token = page.GetProperty("nextPageToken").GetString()!;
        }
        while (token.Length > 0);
        return all;
    }

    private static async Task<string> CreateAsync(Shop shop, string[]? features = null) => (await shop.Tenant.PostAsync("/v1/lifetimeValues", new
    {
        displayName = "What customers bring & when",
        valueEvents = Purchases,
        marginRate = 0.4,
        features = features ?? [],
        seed = 3,
    })).GetProperty("name").GetString()!;

    /// <summary>Sets the rating to what followed the snapshot, with some noise on top: an attribute that was updated by what it is to foretell.</summary>
    private async Task PlantAsync(Shop shop)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(shop.Tenant.Id);
        var reference = LifetimeScoring.MidnightBefore(scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        var specification = new LifetimeValueSpecification(Purchases, [], [90, 365], 0.1, 0.4, [], 0.7, 3);
        var log = await scope.ServiceProvider.GetRequiredService<CustomerLogReader>().ReadAsync(specification, reference, 1, null, default);
        var design = LifetimeWindows.For(specification, reference, log.HistoryDays).Design;
        await using var connection = new NpgsqlConnection(application.OwnerConnection);
        await connection.OpenAsync();
        for (var row = 0; row < log.Members.Count; row++)
        {
            var snapshot = design.SnapshotOf(log.Members.MemberIds[row].ToByteArray(bigEndian: true));
            var after = log.Histories[row].Movements.Count(movement => movement.At >= snapshot && movement.At < snapshot.AddDays(design.FollowUpDays));
            await using var command = new NpgsqlCommand(
                "UPDATE members SET attributes = jsonb_set(attributes, '{rating}', to_jsonb($1)) WHERE tenant_id = $2 AND id = $3", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = 10 * after + row % 7 });
            command.Parameters.Add(new NpgsqlParameter { Value = shop.Tenant.Id });
            command.Parameters.Add(new NpgsqlParameter { Value = log.Members.MemberIds[row] });
            await command.ExecuteNonQueryAsync();
        }
    }
}
