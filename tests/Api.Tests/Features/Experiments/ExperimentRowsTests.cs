using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Tests.Features.Experiments;

[Trait("Needs", "Postgres")]
public sealed class ExperimentRowsTests(NoahApplication application)
{
    [Fact]
    public async Task Stream_HoldsTheSameAsTheTables_InBatches_WithoutThoseErased()
    {
        var campaign = await PastCampaign.CreateAsync(application, 8_400);
        var erased = campaign.Members[17];
        await using (var connection = new NpgsqlConnection(application.OwnerConnection))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("DELETE FROM members WHERE id = $1", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = erased });
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var services = scope.ServiceProvider;
        var id = PastCampaign.ParseId(campaign.Experiment);
        var rows = services.GetRequiredService<IExperimentRows>();
        var batches = new List<ExperimentRows>();
        await foreach (var batch in rows.ReadAsync(id, TestContext.Current.CancellationToken))
        {
            batches.Add(batch);
        }

        var data = (await services.GetRequiredService<IExperimentData>().ReadAsync(id, default))!;
        var members = await services.GetRequiredService<IMemberTables>().ReadAsync(data.MemberIds, default);
        int[] kept = [.. Enumerable.Range(0, data.MemberIds.Length).Where(unit => data.MemberIds[unit] != erased)];
        Assert.Equal((8_400, 2), (await rows.CountAsync(id, default), batches.Count));
        Assert.Equal(kept.Select(unit => data.MemberIds[unit]), batches.SelectMany(batch => batch.Members.MemberIds));
        Assert.Equal(members.MemberIds, batches.SelectMany(batch => batch.Members.MemberIds));
        Assert.Equal(members.TimeZones, batches.SelectMany(batch => batch.Members.TimeZones));
        Assert.Equal(members.Columns[0].Numbers, batches.SelectMany(batch => batch.Members.Columns[0].Numbers!));
        Assert.Equal(members.Columns[1].Texts, batches.SelectMany(batch => batch.Members.Columns[1].Texts!));
        Assert.Equal(kept.Select(unit => data.ArmIndex[unit]), batches.SelectMany(batch => batch.ArmIndex));
        Assert.Equal(kept.Select(unit => data.Propensity[unit]), batches.SelectMany(batch => batch.Propensity));
        foreach (var metric in data.Metrics)
        {
            Assert.Equal(kept.Select(unit => metric.Values[unit]), batches.SelectMany(batch => batch.Outcomes[metric.Name]));
        }

        Assert.Contains(batches[0].Outcomes["spend"], spend => spend > 0);
    }

    [Fact]
    public async Task Stream_OfAnotherTenantsExperiment_IsEmpty()
    {
        var campaign = await PastCampaign.CreateAsync(application, 20);
        var stranger = await application.CreateTenantAsync();
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(stranger.Id);
        await foreach (var _ in scope.ServiceProvider.GetRequiredService<IExperimentRows>().ReadAsync(PastCampaign.ParseId(campaign.Experiment), default))
        {
            Assert.Fail("Row-level security hides it.");
        }
    }
}
