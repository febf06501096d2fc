using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>A tenant with members, a product line each for men and women, and the means to draft campaigns.</summary>
public sealed class Retailer
{
    public static readonly string Model = $"models/{PublicId.Format("mdl", Guid.CreateVersion7())}";
    public static readonly string Experiment = $"experiments/{PublicId.Format("exp", KnownExperiment.Id)}";
    public static readonly string Segment = $"segments/{PublicId.Format("seg", Guid.CreateVersion7())}";

    private readonly Dictionary<string, string> _products = [];

    private Retailer(TestTenant tenant) => Tenant = tenant;

    public TestTenant Tenant { get; }

    public string Audience { get; private set; } = "";

    /// <summary>Members with taste i/count, of whom the given numbers lack consent and lie outside the segment; <paramref name="account"/> names the account of member i.</summary>
    public static async Task<Retailer> OpenAsync(
        NoahApplication application, int members, int withoutConsent = 0, int outside = 0, double holdoutShare = 0, Func<int, string>? account = null)
    {
        var retailer = new Retailer(await application.CreateTenantAsync(holdoutShare));
        await retailer.Tenant.PutAsync("/v1/memberSchema", new { attributes = new[] { new { name = "taste", type = "number" }, new { name = "core", type = "number" } } });
        account ??= _ => "";
        foreach (var name in Enumerable.Range(0, members).Select(account).Where(name => name.Length > 0).Distinct())
        {
            await retailer.Tenant.PutAsync($"/v1/accounts/{name}", new { displayName = name });
        }

        await retailer.ImportAsync(members, withoutConsent, outside, account);
        foreach (var line in new[] { "mens", "womens", "novel" })
        {
            var product = await retailer.Tenant.PostAsync("/v1/products", new { displayName = $"Goods: {line}", line, marginRate = 0.5 });
            retailer._products[line] = product.GetProperty("name").GetString()!;
        }

        var audience = await retailer.Tenant.PostAsync("/v1/audiences", new { displayName = "Everybody in the segment", segment = Segment });
        retailer.Audience = audience.GetProperty("name").GetString()!;
        return retailer;
    }

    public Task<JsonElement> FreezeAsync() => Tenant.RunAsync($"/v1/{Audience}:expand", new { });

    public object Campaign(string line, string html = "<p>Dear {{taste}}</p>", string channel = "email", string cost = "0.10", double? clickRate = null) => new
    {
        displayName = channel == "email" ? $"Campaign {line}" : $"Ads for {line}",
        channel,
        topic = "marketing",
        product = _products[line],
        audience = Audience,
        action = line,
        costPerSend = new { amount = cost, currency = "USD" },
        expectedClickRate = clickRate,
        sender = new { address = "shop@example.invalid", name = "Shop" },
        startsAt = NoahApplication.ClockStart.AddDays(1),
        endsAt = NoahApplication.ClockStart.AddDays(8),
        variants = new[]
        {
            new { displayName = "A", subject = "For you", html, text = "Dear {{taste}}" },
            new { displayName = "B", subject = "New in", html, text = "Hello" },
        },
    };

    public async Task<string> DraftAsync(string line) => (await Tenant.PostAsync("/v1/campaigns", Campaign(line))).GetProperty("name").GetString()!;

    public async Task<string> DraftAdsAsync(string line, string costPerClick, double clickRate) =>
        (await Tenant.PostAsync("/v1/campaigns", Campaign(line, channel: "ads", cost: costPerClick, clickRate: clickRate))).GetProperty("name").GetString()!;

    /// <summary>A run's request, with what a test wants different from the usual.</summary>
    public static Dictionary<string, object> Run(string[] campaigns, string budget, params (string Field, object Value)[] others)
    {
        var request = new Dictionary<string, object>
        {
            ["displayName"] = "Spring",
            ["campaigns"] = campaigns,
            ["model"] = Model,
            ["budget"] = Usd(budget),
            ["horizon"] = "P14D",
            ["explorationShare"] = 0.02,
            ["seed"] = 1,
        };
        foreach (var (field, value) in others)
        {
            request[field] = value;
        }

        return request;
    }

    public static object Usd(string amount) => new { amount, currency = "USD" };

    /// <summary>Creates a run, solves it and answers it.</summary>
    public async Task<JsonElement> SolveAsync(object request)
    {
        var name = (await Tenant.PostAsync("/v1/planningRuns", request)).GetProperty("name").GetString();
        await Tenant.RunAsync($"/v1/{name}:solve", new { });
        return await Tenant.GetAsync($"/v1/{name}");
    }

    /// <summary>All decisions of a run.</summary>
    public async Task<IReadOnlyList<JsonElement>> AllocationsAsync(JsonElement run, string query = "")
    {
        var (items, token) = (new List<JsonElement>(), "");
        do
        {
            var page = await Tenant.GetAsync($"/v1/{run.GetProperty("name").GetString()}/allocations?pageSize=1000&pageToken={token}{query}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            token = page.GetProperty("nextPageToken").GetString()!;
        }
        while (token.Length > 0);
        return items;
    }

    private async Task ImportAsync(int members, int withoutConsent, int outside, Func<int, string> account)
    {
        var declared = await Tenant.PostAsync("/v1/imports", new
        {
            kind = "members",
            columns = new { externalId = "id", email = "email", timeZone = "zone", account = "account", attributes = new { taste = "taste", core = "core" } },
            consent = new { channel = "email", topic = "marketing", source = "test", column = "consent" },
        });
        var file = new StringBuilder("id,email,zone,taste,core,consent,account\n");
        for (var i = 0; i < members; i++)
        {
            // Prime strides keep taste, consent and segment apart.
            var taste = (double)(i * 7919 % members) / members;
            file.AppendLine(CultureInfo.InvariantCulture, $"m{i},m{i}@example.invalid,{(i % 2 == 0 ? "America/New_York" : "America/Los_Angeles")},{taste},{(i < outside ? 0 : 1)},{(i >= members - withoutConsent ? "no" : "yes")},{account(i)}");
        }

        var name = declared.GetProperty("name").GetString();
        using var content = new StringContent(file.ToString(), new MediaTypeHeaderValue("text/csv"));
        (await Tenant.Client.PutAsync(new Uri($"/v1/{name}/content", UriKind.Relative), content)).EnsureSuccessStatusCode();
        await Tenant.RunAsync($"/v1/{name}:run", new { });
    }
}
