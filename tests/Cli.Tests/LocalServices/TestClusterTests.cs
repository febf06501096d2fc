using Noah.Testing;
using Npgsql;

namespace Noah.Cli.Tests.LocalServices;

[Trait("Needs", "Postgres")]
public sealed class TestClusterTests
{
    [Fact]
    public async Task CreateDatabase_Twice_GivesTwoDatabasesThatDoNotMeet()
    {
        var first = await TestCluster.CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        var second = await TestCluster.CreateDatabaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(first.Name, second.Name);
        await using var connection = new NpgsqlConnection(second.AppConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT current_database()::text", connection);
        Assert.Equal(second.Name, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
