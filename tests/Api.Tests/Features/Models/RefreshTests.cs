using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;
using Noah.Api.Tests.Features.Training;
using Npgsql;

namespace Noah.Api.Tests.Features.Models;

[Trait("Needs", "Postgres")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RefreshTests(NoahApplication application)
{
    [Fact]
    public async Task Refresh_GoesOnWithMembersThatCameLater_AndWaitsInTheShadow()
    {
        var (campaign, name) = await TrainedAsync(900);
        var nothing = await campaign.Tenant.RunAsync($"/v1/{name}:refresh", new { }, expectedState: "FAILED");
        Assert.Equal("nothing-new", nothing.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("has not seen 0", nothing.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);

        await AddAsync(campaign, 600);
        var before = await campaign.Tenant.GetAsync($"/v1/{name}/versions/1");
        var outcome = (await campaign.Tenant.RunAsync($"/v1/{name}:refresh", new { })).GetProperty("metadata");
        Assert.Equal((2, 1), (outcome.GetProperty("version").GetInt32(), outcome.GetProperty("from").GetInt32()));
        // About half of those who came are of the training half.
        Assert.InRange(outcome.GetProperty("members").GetInt32(), 240, 360);

        var version = await campaign.Tenant.GetAsync($"/v1/{name}/versions/2");
        Assert.Equal(("SHADOW", 1), (version.GetProperty("state").GetString(), version.GetProperty("refreshedFrom").GetInt32()));
        Assert.Equal(1, version.GetProperty("comparison").GetProperty("against").GetInt32());
        var refresh = version.GetProperty("card").GetProperty("refresh");
        Assert.Equal(outcome.GetProperty("members").GetInt32(), refresh.GetProperty("members").GetInt32());
        var visit = refresh.GetProperty("outcomes")[0];
        Assert.Equal("visit", visit.GetProperty("outcome").GetString());
        Assert.Equal(version.GetProperty("card").GetProperty("data").GetProperty("heldOutMembers").GetInt32(), visit.GetProperty("before").GetProperty("members").GetInt32());
        Assert.NotEqual(visit.GetProperty("before").GetProperty("logLoss").GetDouble(), visit.GetProperty("after").GetProperty("logLoss").GetDouble());
        Assert.Equal(
            visit.GetProperty("after").GetProperty("logLoss").GetDouble(),
            version.GetProperty("card").GetProperty("responses")[0].GetProperty("heldOut").GetProperty("logLoss").GetDouble());
        // What it did not touch is that of the version before.
        Assert.Equal(before.GetProperty("card").GetProperty("increments").GetRawText(), version.GetProperty("card").GetProperty("increments").GetRawText());
        Assert.Equal(1, (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("activeVersion").GetInt32());
        using (var client = application.Anonymous)
        {
            var page = await client.GetStringAsync(new Uri(version.GetProperty("links").GetProperty("html").GetString()!));
            Assert.Contains("Refreshed from version 1", page, StringComparison.Ordinal);
        }

        // Its members count as seen from then on, and its own refresh has nothing new.
        await campaign.Tenant.PostAsync($"/v1/{name}:promote", new { version = 2 });
        Assert.True(await TrainingMembersAsync(campaign, name) > 700);
        await campaign.Tenant.RunAsync($"/v1/{name}:refresh", new { }, expectedState: "FAILED");
    }

    [Fact]
    public async Task Refresh_OfAnAttributeThatChangedItsType_IsRefused_AndCancellingLeavesNothing()
    {
        var (campaign, name) = await TrainedAsync(900);
        await AddAsync(campaign, 600);
        await SetTypeAsync(campaign, "age", "Text");
        var refused = await campaign.Tenant.RunAsync($"/v1/{name}:refresh", new { }, expectedState: "FAILED");
        Assert.Contains("'age' is Categorical now and was Numeric when version 1 was trained", refused.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);

        await SetTypeAsync(campaign, "age", "Number");
        var operation = await RunningOperation.StartAsync(campaign.Tenant, $"/v1/{name}:refresh");
        await operation.CancelAsync();
        var ended = await operation.EndedAsync();
        Assert.Contains(ended.GetProperty("state").GetString(), new[] { "CANCELLED", "SUCCEEDED" });
        var versions = (await campaign.Tenant.GetAsync($"/v1/{name}/versions")).GetProperty("items").GetArrayLength();
        Assert.Equal(ended.GetProperty("state").GetString() == "CANCELLED" ? 1 : 2, versions);
    }

    [Fact]
    public async Task Schedule_IsOffByDefault_AndNothingNewIsNoFailure()
    {
        var (campaign, name) = await TrainedAsync(600);
        var now = application.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.False(await IsDueAsync(campaign, now.AddDays(400)));
        using var patched = await campaign.Tenant.SendAsync(HttpMethod.Patch, $"/v1/{name}", new { refreshEveryDays = 7 });
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal(7, (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("refreshEveryDays").GetInt32());
        Assert.False(await IsDueAsync(campaign, now.AddDays(6.5)));
        Assert.True(await IsDueAsync(campaign, now.AddDays(7.5)));

        await using (var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id))
        {
            await scope.ServiceProvider.GetRequiredService<Noah.Api.Features.Operations.Contracts.IOperations>()
                .StartAsync(RunRefresh.OperationKind, name, new RunRefresh.Asked(Scheduled: true), default);
        }

        var ended = await EndedAsync(campaign, RunRefresh.OperationKind);
        Assert.Equal("SUCCEEDED", ended.GetProperty("state").GetString());
        Assert.Contains("has not seen 0", ended.GetProperty("metadata").GetProperty("nothing").GetString(), StringComparison.Ordinal);
        using var off = await campaign.Tenant.SendAsync(HttpMethod.Patch, $"/v1/{name}", new { refreshEveryDays = 0 });
        Assert.False(await IsDueAsync(campaign, now.AddDays(400)));
        using var wrong = await campaign.Tenant.SendAsync(HttpMethod.Patch, $"/v1/{name}", new { refreshEveryDays = 400 });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task ModelThatIsNotTrained_CanNotBeRefreshed()
    {
        var campaign = await PastCampaign.CreateAsync(application, 20);
        var name = (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment })).GetProperty("name").GetString();
        using var response = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:refresh", new { });
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    private async Task<(PastCampaign Campaign, string Name)> TrainedAsync(int members)
    {
        var campaign = await PastCampaign.CreateAsync(application, members);
        var name = (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment, seed = 7 })).GetProperty("name").GetString()!;
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        return (campaign, name);
    }

    /// <summary>Exposures that are imported later: of these members six in ten visit, whatever they got.</summary>
    private async Task AddAsync(PastCampaign campaign, int members)
    {
        var random = new Random(members);
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var services = scope.ServiceProvider;
        string[] names = [.. Enumerable.Range(0, members).Select(i => $"late-{i}")];
        await services.GetRequiredService<IMemberWriter>().UpsertAsync(
            [.. names.Select(id => new MemberRow(id, null, null, null, $$"""{"age": {{random.Next(18, 90)}}, "loyal": false}""", false))], null, default);
        var ids = await services.GetRequiredService<IMemberDirectory>().FindMembersAsync(names, default);
        await services.GetRequiredService<IExposureWriter>().RecordAsync(
            PastCampaign.ParseId(campaign.Experiment),
            [.. ids.Values.Select(id => new NewExposure(id, random.Next(2) == 1 ? PastCampaign.Treatment : "None", PastCampaign.Start, 0.5))], default);
        await services.GetRequiredService<IEventHistory>().RecordAsync(
            [.. ids.Where(_ => random.NextDouble() < 0.6).Select(id => new NewEvent($"{id.Key}-visit", id.Value, "visit", PastCampaign.Start.AddDays(1)))], default);
    }

    private async Task SetTypeAsync(PastCampaign campaign, string attribute, string type)
    {
        await using var connection = new NpgsqlConnection(application.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("UPDATE attribute_definitions SET type = $1 WHERE tenant_id = $2 AND name = $3", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = type });
        command.Parameters.Add(new NpgsqlParameter { Value = campaign.Tenant.Id });
        command.Parameters.Add(new NpgsqlParameter { Value = attribute });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private async Task<int> TrainingMembersAsync(PastCampaign campaign, string name)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var table = await scope.ServiceProvider.GetRequiredService<IMemberTables>().ReadAsync(null, default);
        Assert.True(PublicId.TryParse(Model.Prefix, name["models/".Length..], out var id));
        return (await scope.ServiceProvider.GetRequiredService<IModelScores>().ScoreAsync(id, table, default)).Training.Count(seen => seen);
    }

    private async Task<bool> IsDueAsync(PastCampaign campaign, DateTimeOffset at)
    {
        await using var connection = new NpgsqlConnection(application.AppConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM noah_models_due_for_refresh($1, 1000) WHERE tenant_id = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = at });
        command.Parameters.Add(new NpgsqlParameter { Value = campaign.Tenant.Id });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 1;
    }

    private static async Task<JsonElement> EndedAsync(PastCampaign campaign, string kind)
    {
        var operation = (await campaign.Tenant.GetAsync("/v1/operations?pageSize=100")).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("kind").GetString() == kind).GetProperty("name").GetString()!;
        return await new RunningOperation(campaign.Tenant, operation).EndedAsync();
    }
}
