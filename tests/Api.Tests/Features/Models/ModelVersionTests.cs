using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;

namespace Noah.Api.Tests.Features.Models;

[Trait("Needs", "Postgres")]
public sealed class ModelVersionTests(NoahApplication application)
{
    [Fact]
    public async Task Versions_GoFromShadowToActive_AndBackByOneStep()
    {
        var (campaign, name) = await TrainedAsync(600);
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        var versions = (await campaign.Tenant.GetAsync($"/v1/{name}/versions")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["ACTIVE", "SHADOW"], versions.Select(version => version.GetProperty("state").GetString()));
        Assert.Equal(1, versions[1].GetProperty("comparison").GetProperty("against").GetInt32());
        Assert.False(versions[1].TryGetProperty("card", out _));
        Assert.Equal(1, await UsedAsync(campaign, name));

        var promoted = await campaign.Tenant.PostAsync($"/v1/{name}:promote", new { version = 2 });
        Assert.Equal((2, 2), (promoted.GetProperty("activeVersion").GetInt32(), await UsedAsync(campaign, name)));
        Assert.Equal(["RETIRED", "ACTIVE"], await StatesAsync(campaign, name));

        var back = await campaign.Tenant.PostAsync($"/v1/{name}:rollback", new { });
        Assert.Equal((1, 1), (back.GetProperty("activeVersion").GetInt32(), await UsedAsync(campaign, name)));
        Assert.Equal(["ACTIVE", "SHADOW"], await StatesAsync(campaign, name));

        using var further = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:rollback", new { });
        Assert.Equal(HttpStatusCode.Conflict, further.StatusCode);
        using var unknown = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:promote", new { version = 7 });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("its latest is 2", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_OfAWorseVersion_HasToBeAcknowledged()
    {
        var (campaign, name) = await TrainedAsync(600);
        await using (var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id))
        {
            var db = scope.ServiceProvider.GetRequiredService<NoahDbContext>();
            var model = await db.Set<Model>().SingleAsync();
            var first = await db.Set<ModelVersion>().SingleAsync();
            db.Add(new ModelVersion
            {
                ModelId = model.Id,
                Number = 2,
                Card = first.Card,
                Comparison = JsonSerializer.SerializeToDocument(
                    ShadowComparison.Of(1, 200, [ShadowDifference.Of("visit", 0.2, 0.1, 0.3, lessIsBetter: true)], null), OperationJson.Options),
                TrainedAt = first.TrainedAt,
            });
            model.LatestVersion = 2;
            await db.SaveChangesAsync();
        }

        using var refused = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:promote", new { version = 2 });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal("/acknowledge", error.GetProperty("pointer").GetString());
        Assert.Equal(["ACTIVE", "SHADOW"], await StatesAsync(campaign, name));
        await campaign.Tenant.PostAsync($"/v1/{name}:promote", new { version = 2, acknowledge = new[] { "worseThanActive" } });
        Assert.Equal(["RETIRED", "ACTIVE"], await StatesAsync(campaign, name));
    }

    [Fact]
    public async Task WhatWasLearnt_CanNotBeChangedByTheApplication_AndDamageIsRefused()
    {
        var (campaign, name) = await TrainedAsync(600);
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var db = scope.ServiceProvider.GetRequiredService<NoahDbContext>();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Set<ModelArtifact>().ExecuteDeleteAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => db.Set<ModelVersion>().ExecuteUpdateAsync(set => set.SetProperty(v => v.Number, 9)));

        var artifact = await db.Set<ModelArtifact>().AsNoTracking().FirstAsync(a => a.Name == "response");
        artifact.Content[artifact.Content.Length / 2] ^= 0x40;
        var damaged = new VersionArtifacts(new Dictionary<string, byte[]> { ["response"] = artifact.Content });
        Assert.Throws<InvalidDataException>(() => damaged.Load(new ModelSpecification([], ["visit"], 0.5, 1)));
        Assert.Equal(1, await UsedAsync(campaign, name));
    }

    [Fact]
    public async Task Card_IsAPageBehindASignedLink()
    {
        var (campaign, name) = await TrainedAsync(600);
        var version = await campaign.Tenant.GetAsync($"/v1/{name}/versions/1");
        using var client = application.Anonymous;
        using var response = await client.GetAsync(new Uri(version.GetProperty("links").GetProperty("html").GetString()!));
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Are the probabilities right?", page, StringComparison.Ordinal);
        Assert.Contains("How many times the average?", page, StringComparison.Ordinal);
        Assert.Contains("plans use it since", page, StringComparison.Ordinal);
        Assert.Contains("boosted trees", page, StringComparison.Ordinal);
        Assert.Contains("What choosing members is worth", page, StringComparison.Ordinal);
        Assert.Contains("Qini coefficient", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        var gains = version.GetProperty("card").GetProperty("responses")[0].GetProperty("gains").EnumerateArray()
            .Select(gain => gain.GetProperty("outcomes").GetDouble()).ToArray();
        Assert.Equal(1, gains[^1], 12);
        Assert.Equal(gains.Order(), gains);
        using var forged = await client.GetAsync(new Uri("/m/forged", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    private async Task<(PastCampaign Campaign, string Name)> TrainedAsync(int members)
    {
        var campaign = await PastCampaign.CreateAsync(application, members);
        var model = await campaign.Tenant.PostAsync("/v1/models", new { displayName = "Visit & <spend>", experiment = campaign.Experiment, seed = 7 });
        var name = model.GetProperty("name").GetString()!;
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        return (campaign, name);
    }

    private static async Task<string[]> StatesAsync(PastCampaign campaign, string name) =>
        [.. (await campaign.Tenant.GetAsync($"/v1/{name}/versions")).GetProperty("items").EnumerateArray().Select(version => version.GetProperty("state").GetString()!)];

    // The version that plans would be made with now.
    private async Task<int> UsedAsync(PastCampaign campaign, string name)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var table = await scope.ServiceProvider.GetRequiredService<IMemberTables>().ReadAsync(null, default);
        Assert.True(PublicId.TryParse(Model.Prefix, name["models/".Length..], out var id));
        return (await scope.ServiceProvider.GetRequiredService<IModelScores>().ScoreAsync(id, table, default)).Version;
    }
}
