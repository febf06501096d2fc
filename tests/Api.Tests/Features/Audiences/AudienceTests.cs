using System.Net;
using Noah.Api.Tests.Features.Planning;

namespace Noah.Api.Tests.Features.Audiences;

[Trait("Needs", "Postgres")]
public sealed class AudienceTests(PlanningApplication application) : IClassFixture<PlanningApplication>
{
    [Fact]
    public async Task Expand_AddsOnlyConsentingMembersLikeTheSeeds_AndFreezes()
    {
        // 60 outside the segment and with consent; the last 40, in the segment, have none: they stay in the core, as the filter is the marketer's.
        var retailer = await Retailer.OpenAsync(application, 200, withoutConsent: 40, outside: 60);
        var created = await retailer.Tenant.PostAsync("/v1/audiences", new
        {
            displayName = "Core and like it",
            segment = Retailer.Segment,
            expansion = new { seeds = new { segment = Retailer.Segment }, count = 25, model = Retailer.Model },
        });
        var path = $"/v1/{created.GetProperty("name").GetString()}";
        var operation = await retailer.Tenant.RunAsync($"{path}:expand", new { });
        Assert.Equal(60, operation.GetProperty("metadata").GetProperty("candidates").GetInt32());

        var audience = await retailer.Tenant.GetAsync(path);
        Assert.Equal("READY", audience.GetProperty("state").GetString());
        Assert.Equal(140, audience.GetProperty("coreCount").GetInt32());
        Assert.Equal(25, audience.GetProperty("expandedCount").GetInt32());
        var members = (await retailer.Tenant.GetAsync($"{path}/members?ring=expanded&pageSize=1000")).GetProperty("items");
        Assert.Equal(25, members.GetArrayLength());
        Assert.All(members.EnumerateArray(), member => Assert.StartsWith("members/mem_", member.GetProperty("nearestSeed").GetString(), StringComparison.Ordinal));

        using var again = await retailer.Tenant.SendAsync(HttpMethod.Post, $"{path}:expand", new { });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }
}
