using Npgsql;

namespace Noah.Api.Tests.Platform;

/// <summary>The database's own promise: whatever a query asks for, the application's role sees one tenant.</summary>
[Trait("Needs", "Postgres")]
public sealed class RowLevelSecurityTests(NoahApplication application)
{
    [Fact]
    public async Task EveryTableWithATenant_IsUnderRowLevelSecurity_AndNotOwnedByTheApplication()
    {
        var open = await QueryAsync(
            application.OwnerConnection,
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            AND (NOT c.relrowsecurity OR pg_get_userbyid(c.relowner) = 'noah_app'
                OR NOT EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND p.policyname = 'tenant_isolation'))
            """);
        Assert.Empty(open);
    }

    [Fact]
    public async Task OnlyQuartzAndTheMigrations_HaveTablesWithoutATenant()
    {
        var tables = await QueryAsync(
            application.OwnerConnection,
            """
            SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
            """);
        Assert.All(tables, table => Assert.True(table == "__EFMigrationsHistory" || table.StartsWith("qrtz_", StringComparison.Ordinal), table));
    }

    [Fact]
    public async Task Connection_WithoutATenant_SeesNothing()
    {
        await application.CreateTenantAsync();
        Assert.Equal(["0"], await QueryAsync(application.AppConnection, "SELECT count(*)::text FROM api_keys"));
    }

    [Fact]
    public async Task Connection_OfOneTenant_NeitherReadsNorWritesAnothers()
    {
        var (mine, theirs) = (await application.CreateTenantAsync(), await application.CreateTenantAsync());
        var set = $"SELECT set_config('noah.tenant_id', '{mine.Id}', false);";
        Assert.Equal(["1"], await QueryAsync(application.AppConnection, set + "SELECT count(*)::text FROM tenants"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(
            application.AppConnection,
            set + $"INSERT INTO products (tenant_id, id, name, line, margin_rate, created_at) VALUES ('{theirs.Id}', gen_random_uuid(), 'x', 'x', 1, now()) RETURNING name"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("UPDATE audit_events SET action = 'nothing'")]
    [InlineData("DELETE FROM consents")]
    [InlineData("DELETE FROM suppressions")]
    [InlineData("DELETE FROM sends")]
    [InlineData("DELETE FROM tenants")]
    [InlineData("CREATE TABLE mine (x int)")]
    public async Task Ledgers_CanNotBeRewrittenByTheApplication(string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(application.AppConnection, statement));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task EventsOfAMonth_GetAPartitionOfTheirOwn()
    {
        await QueryAsync(application.AppConnection, "SELECT noah_ensure_event_partitions('2019-11-15Z', '2020-01-02Z')::text");
        var partitions = await QueryAsync(
            application.OwnerConnection, "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events'::regclass");
        Assert.Superset(new HashSet<string> { "events_2019_11", "events_2019_12", "events_2020_01" }, partitions.ToHashSet());
    }

    private static async Task<List<string>> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        do
        {
            rows.Clear();
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetString(0));
            }
        }
        while (await reader.NextResultAsync());
        return rows;
    }
}
