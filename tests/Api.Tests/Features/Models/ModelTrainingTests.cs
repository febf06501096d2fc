using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;

namespace Noah.Api.Tests.Features.Models;

[Trait("Needs", "Postgres")]
public sealed class ModelTrainingTests(NoahApplication application)
{
    [Fact]
    public async Task Training_WritesACard_AndNeverLooksAtTheHeldOutHalf()
    {
        var campaign = await PastCampaign.CreateAsync(application, 2000);
        var name = await CreateAsync(campaign);
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        var model = await campaign.Tenant.GetAsync($"/v1/{name}");
        var (before, scores) = await ReadAsync(campaign, name);

        Assert.Equal("TRAINED", model.GetProperty("state").GetString());
        var card = model.GetProperty("card");
        var data = card.GetProperty("data");
        Assert.Equal(2000, data.GetProperty("trainingMembers").GetInt32() + data.GetProperty("heldOutMembers").GetInt32());
        Assert.InRange(data.GetProperty("trainingMembers").GetInt32(), 900, 1100);
        var visit = card.GetProperty("responses")[0];
        Assert.True(visit.GetProperty("heldOut").GetProperty("auc").GetDouble() > 0.55, visit.GetRawText());
        Assert.True(visit.TryGetProperty("logisticRegression", out _));
        Assert.True(visit.TryGetProperty("boostedTrees", out _));
        Assert.Equal(["logisticRegression", "boostedTrees"], visit.GetProperty("beside").EnumerateArray().Select(yardstick => yardstick.GetProperty("outcome").GetString()));
        Assert.Equal(10, card.GetProperty("value").GetProperty("deciles").GetArrayLength());
        Assert.True(card.GetProperty("summary").GetArrayLength() >= 4);
        AssertIncrementsFollowTheRule(card.GetProperty("increments")[0], scores);

        // Whatever the held-out members bought, the networks and their evidence must not change; the scores on them must.
        await BuyAsync(campaign, [.. campaign.Members.Order().Where((_, row) => !scores.Training[row])]);
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        Assert.Equal("noDifference", (await campaign.Tenant.GetAsync($"/v1/{name}/versions/2")).GetProperty("comparison").GetProperty("verdict").GetString());
        await campaign.Tenant.PostAsync($"/v1/{name}:promote", new { version = 2 });
        var again = await campaign.Tenant.GetAsync($"/v1/{name}");
        var (after, _) = await ReadAsync(campaign, name);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, artifact => Assert.True(artifact.Value.AsSpan().SequenceEqual(after[artifact.Key]), artifact.Key));
        Assert.True(JsonNode.DeepEquals(Chosen(card), Chosen(again.GetProperty("card"))));
        Assert.NotEqual(MeanActual(card), MeanActual(again.GetProperty("card")));
    }

    [Fact]
    public async Task Embedding_HasRowsOfLengthOne()
    {
        var campaign = await PastCampaign.CreateAsync(application, 500);
        var name = await CreateAsync(campaign);
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var table = await scope.ServiceProvider.GetRequiredService<IMemberTables>().ReadAsync(null, default);
        var embedding = await scope.ServiceProvider.GetRequiredService<IModelScores>().EmbedAsync(Id(name), table, default);

        Assert.Equal(table.Count * embedding.Width, embedding.Values.Length);
        Assert.All(embedding.Values.Chunk(embedding.Width), row => Assert.Equal(1, row.Sum(x => (double)x * x), 5));
    }

    [Fact]
    public async Task Create_WithUnknownNames_NamesEveryFault()
    {
        var campaign = await PastCampaign.CreateAsync(application, 10);
        using var response = await campaign.Tenant.SendAsync(HttpMethod.Post, "/v1/models", new
        {
            displayName = "m",
            experiment = campaign.Experiment,
            features = new[] { "age", "shoeSize" },
            responses = new[] { "spend" },
            value = "visit",
            trainingShare = 0.99,
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var pointers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(error => error.GetProperty("pointer").GetString());
        Assert.Equal(["/trainingShare", "/features/1", "/responses/0", "/value"], pointers);
    }

    [Fact]
    public async Task AnotherTenant_NeitherFindsTheModelNorLearnsFromTheExperiment()
    {
        var campaign = await PastCampaign.CreateAsync(application, 10);
        var name = await CreateAsync(campaign);
        var stranger = await application.CreateTenantAsync();

        using var read = await stranger.Client.GetAsync(new Uri($"/v1/{name}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        using var create = await stranger.SendAsync(HttpMethod.Post, "/v1/models", new { displayName = "m", experiment = campaign.Experiment });
        Assert.Equal(HttpStatusCode.BadRequest, create.StatusCode);
        Assert.Contains("/experiment", await create.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void AssertIncrementsFollowTheRule(JsonElement increment, ModelScores scores)
    {
        var evidence = increment.GetProperty("evidence").GetString();
        var settled = increment.GetProperty("averageLower").GetDouble() > 0 || increment.GetProperty("averageUpper").GetDouble() < 0;
        Assert.Equal(settled, evidence != "none");
        Assert.Empty(scores.Increments[0].PerMember);
        var perMember = scores.Increments[1].PerMember;
        switch (evidence)
        {
            case "none":
                Assert.All(perMember, value => Assert.Equal(0, value));
                break;
            case "average":
                Assert.All(perMember, value => Assert.Equal(increment.GetProperty("averageEffect").GetDouble(), value, 12));
                break;
            default:
                Assert.InRange(increment.GetProperty("appliedSlope").GetDouble(), 0, 1);
                Assert.True(perMember.Distinct().Count() > 1);
                break;
        }
    }

    private static double MeanActual(JsonElement card) => card.GetProperty("value").GetProperty("meanActual").GetDouble();

    // Everything that was decided; how it does on the held-out half must change with that half.
    private static JsonArray Chosen(JsonElement card)
    {
        var increments = JsonNode.Parse(card.GetProperty("increments").GetRawText())!.AsArray();
        foreach (var increment in increments)
        {
            Assert.True(increment!.AsObject().Remove("heldOut"));
        }

        return increments;
    }

    private static Guid Id(string name) =>
        PublicId.TryParse(Model.Prefix, name["models/".Length..], out var id) ? id : throw new ArgumentException(name, nameof(name));

    private static async Task<string> CreateAsync(PastCampaign campaign) =>
        (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "Visit and spend", experiment = campaign.Experiment, seed = 7 }))
            .GetProperty("name").GetString()!;

    private async Task<(Dictionary<string, byte[]> Artifacts, ModelScores Scores)> ReadAsync(PastCampaign campaign, string name)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var id = Id(name);
        var db = scope.ServiceProvider.GetRequiredService<NoahDbContext>();
        var artifacts = await db.Set<ModelArtifact>()
            .Where(a => a.VersionId == db.Set<Model>().Single(m => m.Id == id).ActiveVersionId).ToDictionaryAsync(a => a.Name, a => a.Content);
        var table = await scope.ServiceProvider.GetRequiredService<IMemberTables>().ReadAsync(null, default);
        return (artifacts, await scope.ServiceProvider.GetRequiredService<IModelScores>().ScoreAsync(id, table, default));
    }

    private async Task BuyAsync(PastCampaign campaign, Guid[] members)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        await scope.ServiceProvider.GetRequiredService<IEventHistory>().RecordAsync(
            [.. members.Select((member, i) => new NewEvent($"late-{i}", member, "purchase", PastCampaign.Start.AddDays(5), 100 + i))], default);
    }
}
