using Noah.Api.Tests.Features.Experiments;

namespace Noah.Api.Tests.Features.Models;

[Trait("Needs", "Postgres")]
public sealed class CardFindingsTests(NoahApplication application)
{
    [Fact]
    public async Task AttributeThatNobodyHas_IsNamedOnTheCard()
    {
        var campaign = await PastCampaign.CreateAsync(application, 600);
        await campaign.Tenant.PutAsync("/v1/memberSchema", new { attributes = new[] { new { name = "shoeSize", type = "number" } } });
        var name = (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment })).GetProperty("name").GetString()!;
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        var finding = Assert.Single((await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("card").GetProperty("findings").EnumerateArray());

        Assert.Equal(("shoeSize", "empty"), (finding.GetProperty("column").GetString(), finding.GetProperty("condition").GetString()));
        Assert.Contains("missing in all rows", finding.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }
}
