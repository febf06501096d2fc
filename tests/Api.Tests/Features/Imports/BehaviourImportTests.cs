using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Experiments;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Tests.Features.Imports;

[Trait("Needs", "Postgres")]
public sealed class BehaviourImportTests(NoahApplication application)
{
    private static readonly object EventColumns = new
    {
        kind = "events",
        columns = new { eventId = "event", member = "id", type = "type", occurredAt = "at", amount = "amount" },
    };

    [Fact]
    public async Task Import_OfEvents_ListsUnreadableRowsAndCountsAnEventOnce()
    {
        var tenant = await WithMembersAsync();
        const string Csv =
            """
            event,id,type,at,amount
            e1,m1,visit,2026-02-01T08:00:00Z,
            e2,m1,purchase,2026-02-01T10:30:00+02:00,29.99
            e2,m1,purchase,2026-02-01T10:30:00+02:00,29.99
            e3,nobody,visit,2026-02-01,
            e4,m2,visit,yesterday,
            e5,m2,visit,2999-01-01,
            e6,m2,purchase,2026-02-03,a lot
            e7,m2,purchase,2025-12-03,5
            """;

        var import = await tenant.ImportAsync(EventColumns, Csv);
        var again = await tenant.ImportAsync(EventColumns, Csv);

        Assert.Equal(
            [(4L, "duplicate"), (5L, "unknownMember"), (6L, "invalidValue"), (7L, "invalidValue"), (8L, "invalidValue")], await tenant.ErrorsAsync(import));
        Assert.Equal(3, again.GetProperty("rowsImported").GetInt64());
        Assert.Equal(3L, await ScalarAsync("SELECT count(*) FROM events WHERE tenant_id = $1", tenant));
        Assert.Equal(34.99m, await ScalarAsync("SELECT sum(amount) FROM events WHERE tenant_id = $1", tenant));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM events_default WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Import_OfExposures_TakesTheArmsProbabilityAndRefusesUnknownArms()
    {
        var tenant = await WithMembersAsync();
        var experiment = await ExperimentAsync(tenant);
        var declaration = new
        {
            kind = "exposures",
            experiment,
            columns = new { member = "id", arm = "arm", exposedAt = "at" },
        };

        var import = await tenant.ImportAsync(
            declaration, "id,arm,at\nm1,mail,2026-02-01\nm2,none,2026-02-01\nm1,none,2026-02-01\nm9,mail,2026-02-01\nm2,phone,2026-02-01\n");

        Assert.Equal([(4L, "duplicate"), (5L, "unknownMember"), (6L, "unknownArm")], await tenant.ErrorsAsync(import));
        Assert.Equal(0.75, await ScalarAsync("SELECT propensity FROM exposures WHERE tenant_id = $1 AND arm = 'mail'", tenant));
        Assert.Equal(0.25, await ScalarAsync("SELECT propensity FROM exposures WHERE tenant_id = $1 AND arm = 'none'", tenant));
    }

    private async Task<string> ExperimentAsync(TestTenant tenant)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        var db = scope.ServiceProvider.GetRequiredService<NoahDbContext>();
        var experiment = new Experiment
        {
            Name = "Past campaign",
            Arms = JsonDocument.Parse("""[{"name":"none","weight":1,"control":true},{"name":"mail","weight":3,"control":false}]"""),
            Metrics = JsonDocument.Parse("[]"),
        };
        db.Add(experiment);
        await db.SaveChangesAsync();
        return $"experiments/{PublicId.Format("exp", experiment.Id)}";
    }

    private async Task<TestTenant> WithMembersAsync()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.ImportAsync(new { kind = "members", columns = new { externalId = "id" } }, "id\nm1\nm2\n");
        return tenant;
    }

    private async Task<object?> ScalarAsync(string sql, TestTenant tenant)
    {
        await using var connection = new NpgsqlConnection(application.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = tenant.Id } } };
        return await command.ExecuteScalarAsync();
    }
}
