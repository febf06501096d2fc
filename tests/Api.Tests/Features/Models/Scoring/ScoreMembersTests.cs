using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;
using Noah.Prediction.Value;

namespace Noah.Api.Tests.Features.Models.Scoring;

[Trait("Needs", "Postgres")]
public sealed class ScoreMembersTests(NoahApplication application)
{
    [Fact]
    public async Task Scores_AreThoseThatPlansUse_InTheOrderAskedFor()
    {
        var (campaign, model) = await TrainedAsync();
        Guid[] asked = [campaign.Members[17], campaign.Members[3], campaign.Members[256]];
        var answer = await campaign.Tenant.PostAsync($"/v1/{model}:score", new { members = new[] { Name(asked[0]), Id(asked[1]), Name(asked[2]) } });
        var (table, plan, values) = await PlanScoresAsync(campaign, model);

        Assert.Equal((model, 1, "spend"), (answer.GetProperty("model").GetString(), answer.GetProperty("version").GetInt32(), answer.GetProperty("value").GetString()));
        Assert.Equal(["None", PastCampaign.Treatment], answer.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("action").GetString()));
        Assert.Equal(plan.Increments[1].Evidence, answer.GetProperty("actions")[1].GetProperty("evidence").GetString());
        var items = answer.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(asked.Select(Name), items.Select(item => item.GetProperty("member").GetString()));
        for (var i = 0; i < asked.Length; i++)
        {
            var row = Array.BinarySearch(table.MemberIds, asked[i]);
            for (var action = 0; action < 2; action++)
            {
                var score = items[i].GetProperty("scores")[action];
                Assert.Equal(plan.Responses["visit"][action][row], score.GetProperty("responses").GetProperty("visit").GetDouble(), 4);
                var amount = score.GetProperty("value");
                Assert.Equal(plan.Spend[action][row], amount.GetProperty("mean").GetDouble(), 4);
                Assert.Equal(values[action][row].P10, amount.GetProperty("p10").GetDouble(), 4);
                Assert.Equal(values[action][row].P50, amount.GetProperty("p50").GetDouble(), 4);
                Assert.Equal(values[action][row].P90, amount.GetProperty("p90").GetDouble(), 4);
            }

            Assert.False(items[i].GetProperty("scores")[0].TryGetProperty("increment", out _));
            Assert.Equal(plan.Increments[1].PerMember[row], items[i].GetProperty("scores")[1].GetProperty("increment").GetDouble(), 4);
        }
    }

    [Fact]
    public async Task Explanation_AddsUpToTheScore_AndNamesWhatTheTruthDependsOn()
    {
        var (campaign, model) = await TrainedAsync(3000);
        var answer = await campaign.Tenant.PostAsync($"/v1/{model}:score", new { members = campaign.Members.Take(20).Select(Name), explain = true });
        var bySpend = new List<string>();
        foreach (var score in answer.GetProperty("items").EnumerateArray().SelectMany(item => item.GetProperty("scores").EnumerateArray()))
        {
            var explanations = score.GetProperty("explanations");
            foreach (var metric in new[] { "visit", "spend" })
            {
                var explanation = explanations.GetProperty(metric);
                var contributions = explanation.GetProperty("contributions").EnumerateArray().Select(part => part.GetProperty("contribution").GetDouble()).ToArray();
                Assert.Equal(
                    explanation.GetProperty("score").GetDouble(),
                    explanation.GetProperty("baseline").GetDouble() + contributions.Sum() + explanation.GetProperty("rest").GetDouble(),
                    3);
                Assert.Equal(contributions.OrderByDescending(Math.Abs), contributions);
            }

            bySpend.Add(explanations.GetProperty("spend").GetProperty("contributions")[0].GetProperty("feature").GetString()!);
        }

        // Spending depends on loyalty alone.
        Assert.True(bySpend.Count(feature => feature == "loyal") > bySpend.Count / 2, string.Join(", ", bySpend));
        Assert.Equal(["/explain"], await PointersAsync(campaign, model, new { members = campaign.Members.Take(51).Select(Name), explain = true }));
    }

    [Fact]
    public async Task EveryFaultyMember_IsNamed()
    {
        var (campaign, model) = await TrainedAsync();
        var stranger = await PastCampaign.CreateAsync(application, 10);
        var known = Name(campaign.Members[0]);

        Assert.Equal(["/members"], await PointersAsync(campaign, model, new { members = Array.Empty<string>() }));
        Assert.Equal(["/members"], await PointersAsync(campaign, model, new { members = campaign.Members.Take(501).Select(Name) }));
        Assert.Equal(
            ["/members/1", "/members/2", "/members/3"], await PointersAsync(campaign, model, new { members = new[] { known, "members/17", "accounts/acc_00000000000000000000000000", known } }));
        Assert.Equal(["/version"], await PointersAsync(campaign, model, new { members = new[] { known }, version = 7 }));
        // Somebody else's member is as unknown as one that nobody has.
        Assert.Equal(
            ["/members/0", "/members/2"], await PointersAsync(campaign, model, new { members = new[] { Name(Guid.NewGuid()), known, Name(stranger.Members[0]) } }));
    }

    [Fact]
    public async Task MembersWhoWereErased_AreRefused_EvenWhenTheyAreBack()
    {
        var (campaign, model) = await TrainedAsync();
        var member = (await campaign.Tenant.PutAsync("/v1/members/000005", new { email = "Gone@Example.com", attributes = new { age = 40 } })).GetProperty("name").GetString();
        await campaign.Tenant.PostAsync($"/v1/{model}:score", new { members = new[] { member } });
        await campaign.Tenant.PostAsync("/v1/suppressions", new { address = "gone@example.com", source = "letter", reason = "erasure" });
        using var response = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{model}:score", new { members = new[] { Name(campaign.Members[0]), member } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = Assert.Single((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray());
        Assert.Equal(("/members/1", "erased"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Version_InTheShadow_ScoresOnlyWhenNamed()
    {
        var (campaign, model) = await TrainedAsync();
        await campaign.Tenant.RunAsync($"/v1/{model}:train", new { });
        var members = new[] { Name(campaign.Members[0]) };

        Assert.Equal(1, (await campaign.Tenant.PostAsync($"/v1/{model}:score", new { members })).GetProperty("version").GetInt32());
        Assert.Equal(2, (await campaign.Tenant.PostAsync($"/v1/{model}:score", new { members, version = 2 })).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Strangers_UntrainedModels_AndKeysWithoutTheScopes_AreRefused()
    {
        var campaign = await PastCampaign.CreateAsync(application, 500);
        var model = await CreateAsync(campaign);
        var members = new[] { Name(campaign.Members[0]) };
        using var untrained = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{model}:score", new { members });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, untrained.StatusCode);

        // The networks are in memory after the first call; a stranger must not reach them.
        await campaign.Tenant.RunAsync($"/v1/{model}:train", new { });
        await campaign.Tenant.PostAsync($"/v1/{model}:score", new { members });
        var stranger = await application.CreateTenantAsync();
        using var foreign = await stranger.SendAsync(HttpMethod.Post, $"/v1/{model}:score", new { members });
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);

        foreach (var scope in new[] { "models:read", "members:read" })
        {
            var key = await campaign.Tenant.PostAsync("/v1/apiKeys", new { name = scope, scopes = new[] { scope } });
            using var client = application.WithKey(key.GetProperty("secret").GetString()!);
            using var refused = await client.PostAsJsonAsync($"/v1/{model}:score", new { members });
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    private static string Id(Guid member) => PublicId.Format("mem", member);

    private static string Name(Guid member) => $"members/{Id(member)}";

    private static async Task<string[]> PointersAsync(PastCampaign campaign, string model, object body)
    {
        using var response = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{model}:score", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)];
    }

    private static async Task<string> CreateAsync(PastCampaign campaign) =>
        (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment, seed = 7 })).GetProperty("name").GetString()!;

    private async Task<(PastCampaign Campaign, string Model)> TrainedAsync(int members = 800)
    {
        var campaign = await PastCampaign.CreateAsync(application, members);
        var model = await CreateAsync(campaign);
        await campaign.Tenant.RunAsync($"/v1/{model}:train", new { });
        return (campaign, model);
    }

    private async Task<(MemberTable Table, ModelScores Plan, ValuePrediction[][] Values)> PlanScoresAsync(PastCampaign campaign, string name)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        Assert.True(PublicId.TryParse(Model.Prefix, name["models/".Length..], out var id));
        var table = await scope.ServiceProvider.GetRequiredService<IMemberTables>().ReadAsync(null, default);
        var stored = await scope.ServiceProvider.GetRequiredService<NoahDbContext>().Set<ModelArtifact>().SingleAsync(artifact => artifact.Name == "value:spend");
        return (
            table,
            await scope.ServiceProvider.GetRequiredService<IModelScores>().ScoreAsync(id, table, default),
            ValueModel.Load(new MemoryStream(stored.Content)).PredictAll(ModelFeatures.Build(table, ["age", "loyal"])));
    }
}
