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

    /// <summary>Members with taste i/count, of whom the given numbers lack consent and lie outside the segment.</summary>
    public static async Task<Retailer> OpenAsync(NoahApplication application, int members, int withoutConsent = 0, int outside = 0, double holdoutShare = 0)
    {
        var retailer = new Retailer(await application.CreateTenantAsync(holdoutShare));
        await retailer.Tenant.PutAsync("/v1/memberSchema", new { attributes = new[] { new { name = "taste", type = "number" }, new { name = "core", type = "number" } } });
        await retailer.ImportAsync(members, withoutConsent, outside);
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

    public object Campaign(string line, string html = "<p>Dear {{taste}}</p>", string channel = "email") => new
    {
        displayName = $"Campaign {line}",
        channel,
        topic = "marketing",
        product = _products[line],
        audience = Audience,
        action = line,
        costPerSend = new { amount = "0.10", currency = "USD" },
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

    private async Task ImportAsync(int members, int withoutConsent, int outside)
    {
        var declared = await Tenant.PostAsync("/v1/imports", new
        {
            kind = "members",
            columns = new { externalId = "id", email = "email", timeZone = "zone", attributes = new { taste = "taste", core = "core" } },
            consent = new { channel = "email", topic = "marketing", source = "test", column = "consent" },
        });
        var file = new StringBuilder("id,email,zone,taste,core,consent\n");
        for (var i = 0; i < members; i++)
        {
            // Prime strides keep taste, consent and segment apart.
            var taste = (double)(i * 7919 % members) / members;
            file.AppendLine(CultureInfo.InvariantCulture, $"m{i},m{i}@example.invalid,{(i % 2 == 0 ? "America/New_York" : "America/Los_Angeles")},{taste},{(i < outside ? 0 : 1)},{(i >= members - withoutConsent ? "no" : "yes")}");
        }

        var name = declared.GetProperty("name").GetString();
        using var content = new StringContent(file.ToString(), new MediaTypeHeaderValue("text/csv"));
        (await Tenant.Client.PutAsync(new Uri($"/v1/{name}/content", UriKind.Relative), content)).EnsureSuccessStatusCode();
        await Tenant.RunAsync($"/v1/{name}:run", new { });
    }
}
