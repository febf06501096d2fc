using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Drift;
using Noah.Api.Features.Models.Scoring;
using Noah.Prediction.Features;
using Noah.Api.Tests.Features.Experiments;
using Npgsql;

namespace Noah.Api.Tests.Features.Models;

[Trait("Needs", "Postgres")]
public sealed class DriftTests(NoahApplication application)
{
    [Fact]
    public async Task Check_IsStableAtFirst_AndAnAlarmOnceMembersHaveMoved()
    {
        var campaign = await PastCampaign.CreateAsync(application, 1500);
        var name = (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment, seed = 7 })).GetProperty("name").GetString()!;
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        await campaign.Tenant.RunAsync($"/v1/{name}:checkDrift", new { });
        Assert.Equal("stable", await StatusAsync(campaign, name));

        // Everybody's age rises by thirty years.
        await using (var connection = new NpgsqlConnection(application.OwnerConnection))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var age = new NpgsqlCommand(
                "UPDATE members SET attributes = jsonb_set(attributes, '{age}', to_jsonb((attributes->>'age')::float + 30)) WHERE tenant_id = $1", connection);
            age.Parameters.Add(new NpgsqlParameter { Value = campaign.Tenant.Id });
            Assert.Equal(1500, await age.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await campaign.Tenant.RunAsync($"/v1/{name}:checkDrift", new { });
        var checks = (await campaign.Tenant.GetAsync($"/v1/{name}/driftChecks")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["major", "stable"], checks.Select(check => check.GetProperty("report").GetProperty("status").GetString()));
        var items = checks[0].GetProperty("report").GetProperty("items").EnumerateArray().ToDictionary(
            item => $"{item.GetProperty("kind").GetString()}:{item.GetProperty("name").GetString()}", item => item.GetProperty("status").GetString()!);
        Assert.Equal("major", items["feature:age"]);
        Assert.Equal("stable", items["feature:loyal"]);
        Assert.Contains("score:visit", items.Keys);
        Assert.Equal("major", await StatusAsync(campaign, name));
        var audit = (await campaign.Tenant.GetAsync("/v1/auditEvents?pageSize=1000")).GetProperty("items").EnumerateArray();
        Assert.Contains(audit, entry => entry.GetProperty("action").GetString() == "models.drift");
    }

    [Fact]
    public async Task DueModels_AreThoseWithoutACheckOfToday()
    {
        var campaign = await PastCampaign.CreateAsync(application, 600);
        var name = (await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment })).GetProperty("name").GetString()!;
        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        var now = application.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.False(await IsDueAsync(now));
        Assert.True(await IsDueAsync(now.AddDays(1.1)));
        await campaign.Tenant.RunAsync($"/v1/{name}:checkDrift", new { });
        Assert.True(await IsDueAsync(now.AddDays(1.1)));
        Assert.False(await IsDueAsync(now.AddDays(0.9)));

        async Task<bool> IsDueAsync(DateTimeOffset at)
        {
            await using var connection = new NpgsqlConnection(application.AppConnection);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("SELECT count(*) FROM noah_models_due_for_drift($1, interval '1 day', 1000) WHERE tenant_id = $2", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = at });
            command.Parameters.Add(new NpgsqlParameter { Value = campaign.Tenant.Id });
            return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 1;
        }
    }

    [Fact]
    public void Comparison_CountsMissingValuesAndNewNames()
    {
        var sample = Enumerable.Range(0, 1000).Select(i => (double)i).ToArray();
        var trained = new ModelProfile(
            1000,
            new Dictionary<string, NumberProfile> { ["age"] = new(sample, 0.01), ["score:visit"] = new(sample, 0), ["tenure"] = new([1, 2, 3], 0) },
            new Dictionary<string, NameProfile> { ["zip"] = new(new Dictionary<string, double> { ["urban"] = 0.6, ["rural"] = 0.4 }) });
        var now = new ModelProfile(
            1000,
            new Dictionary<string, NumberProfile> { ["age"] = new(sample, 0.5), ["score:visit"] = new(sample, 0), ["tenure"] = new([1, 2, 3], 0) },
            new Dictionary<string, NameProfile> { ["zip"] = new(new Dictionary<string, double> { ["urban"] = 0.5, ["rural"] = 0.2, ["space"] = 0.3 }) });
        var report = DriftComparison.Between(trained, now);
        var items = report.Items.ToDictionary(item => item.Name, item => item.Status);
        Assert.Equal(("major", "major", "stable", "tooFew"), (items["age"], items["zip"], items["visit"], items["tenure"]));
        Assert.Equal("major", report.Status);
        Assert.Equal("stable", DriftComparison.Between(now, now).Items.Single(item => item.Name == "zip").Status);
        Assert.Equal(0, DriftComparison.Between(now, now).Items.Single(item => item.Name == "zip").StabilityIndex);
    }

    [Fact]
    public void Profile_OfSetsAndCircles_CountsEachMemberOnce_AndMovesWithThem()
    {
        var specification = new ModelSpecification(["likes"], [], 0.5, 1);
        var nothing = new Predictors(null, null, new Dictionary<int, Noah.Prediction.Uplift.UpliftModel>());
        ModelProfile Of(Func<int, string[]?> likes, Func<int, float> born) => ProfileWriter.Write(
            new FeatureTable(
            [
                FeatureColumn.MultiValued("likes", [.. Enumerable.Range(0, 1000).Select(likes)]),
                FeatureColumn.Cyclic("born (day of year)", [.. Enumerable.Range(0, 1000).Select(born)], CyclePeriod.DaysOfYear),
            ]),
            nothing,
            specification);
        var trained = Of(i => (i % 4) switch { 0 => null, 1 => [], 2 => ["tea"], _ => ["tea", "milk", "tea"] }, i => i % 10 == 0 ? float.NaN : i % 366);
        Assert.Equal((0.375, 0.125, 0.25, 0.25), (trained.Names["likes"].Shares["tea"], trained.Names["likes"].Shares["milk"], trained.Names["likes"].Shares[NameProfile.Missing], trained.Names["likes"].Shares[NameProfile.None]));
        Assert.Equal(1.5, trained.Names["likes"].NamesEach);
        Assert.Equal(0.1, trained.Cycles!["born (day of year)"].Missing, 12);
        Assert.Equal(1, trained.Cycles["born (day of year)"].Shares.Sum(), 12);
        Assert.Equal("stable", DriftComparison.Between(trained, trained).Status);

        var now = Of(i => i % 4 == 0 ? null : ["coffee"], i => i % 60);
        var items = DriftComparison.Between(trained, now).Items.ToDictionary(item => item.Name, item => item.Status);
        Assert.Equal(("major", "major"), (items["likes"], items["born (day of year)"]));

        var reference = ReferenceMembers.Draw(trained, ["likes"]);
        Assert.Equal([FeatureKind.MultiValued, FeatureKind.Cyclic], reference.Schema.Select(spec => spec.Kind));
        Assert.Contains(reference.Columns[0].NameSets.ToArray(), set => set is { Length: > 0 });
        Assert.All(reference.Columns[0].NameSets.ToArray(), set => Assert.All(set ?? [], name => Assert.True(name is "tea" or "milk")));
    }

    private static async Task<string?> StatusAsync(PastCampaign campaign, string name) =>
        (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("drift").GetProperty("report").GetProperty("status").GetString();
}
