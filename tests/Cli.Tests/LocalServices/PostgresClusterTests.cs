using System.Diagnostics;
using System.Globalization;
using Noah.Cli.LocalServices;
using Npgsql;

namespace Noah.Cli.Tests.LocalServices;

[Trait("Needs", "Postgres")]
public sealed class PostgresClusterTests : IAsyncLifetime
{
    private readonly string _folder = $"/tmp/noah-cluster-{Guid.NewGuid():N}";
    private ClusterSettings _settings = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PostgresInstallation Installation => PostgresInstallation.Find()!;

    public async ValueTask InitializeAsync()
    {
        var user = await OrdinaryUser.OwnerForAsync(_folder, Cancel);
        var log = Path.Combine(_folder, "log");
        _settings = new ClusterSettings(_folder, user, log, SecretFile.NewSecret(), SecretFile.NewSecret()) { Durable = false };
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Start_RunsAsAnOrdinaryUser_OnSocketAndLoopbackOnly_AndStops()
    {
        var cluster = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        var server = cluster.ServerId!.Value;
        var status = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{server}/status"), Cancel);
        Assert.DoesNotContain("Uid:\t0\t", status, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", await ScalarAsync(cluster.Databases.Superuser, "SHOW listen_addresses"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));

        await cluster.DisposeAsync();
        Assert.False(Wait.IsRunning(server));
        Assert.False(File.Exists(Path.Combine(_folder, "data", "postmaster.pid")));
    }

    [Fact]
    public async Task Start_ASecondTime_KeepsTheData()
    {
        await using (var first = await PostgresCluster.StartAsync(Installation, _settings, Cancel))
        {
            var database = await first.CreateDatabaseAsync("noah", cancellationToken: Cancel);
            await ScalarAsync(database.Owner, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
        }
        await using var second = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        var again = await second.CreateDatabaseAsync("noah", cancellationToken: Cancel);
        Assert.Equal(7, await ScalarAsync(again.Owner, "SELECT id FROM kept"));
    }

    [Fact]
    public async Task Start_WhileItRuns_UsesTheServerAndLeavesItRunning()
    {
        await using var first = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        var second = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        Assert.Equal(first.Port, second.Port);
        Assert.Null(second.ServerId);
        await second.DisposeAsync();
        Assert.True(Wait.IsRunning(first.ServerId!.Value));
    }

    [Fact]
    public async Task Start_AfterAKill_WithTheProcessIdGivenToAnother_Recovers()
    {
        var first = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        NativeProcess.SendToProcess(first.ServerId!.Value, NativeProcess.Kill);
        await Wait.UntilAsync(() => !Wait.IsRunning(first.ServerId.Value));
        await first.DisposeAsync();
        var pidFile = Path.Combine(_folder, "data", "postmaster.pid");
        Assert.True(File.Exists(pidFile));
        var lines = await File.ReadAllLinesAsync(pidFile, Cancel);
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, lines, Cancel);

        await using var second = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        Assert.NotNull(second.ServerId);
    }

    [Fact]
    public async Task Roles_AreAnOwnerAndAnAppWithoutPower()
    {
        await using var cluster = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        var database = await cluster.CreateDatabaseAsync("noah", cancellationToken: Cancel);
        Assert.Equal("noah_owner", await ScalarAsync(database.Owner, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'noah'"));
        Assert.Equal("noah_app", await ScalarAsync(database.App, "SELECT current_user::text"));
        Assert.Equal(
            false,
            await ScalarAsync(database.App, "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb) FROM pg_roles WHERE rolname LIKE 'noah%'"));
        await ScalarAsync(database.Owner, "CREATE TABLE mine (id int)");
        var denied = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database.App, "SELECT * FROM mine"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database.App, "CREATE TABLE theirs (id int)"));
    }

    [Fact]
    public async Task Loopback_AsksForThePassword()
    {
        await using var cluster = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        var database = await cluster.CreateDatabaseAsync("noah", cancellationToken: Cancel);
        var wrong = new NpgsqlConnectionStringBuilder(database.App) { Password = "guess" };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(wrong.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        var superuser = new NpgsqlConnectionStringBuilder(database.App) { Username = "postgres", Password = "" };
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(superuser.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task CreateDatabase_Anew_IsEmpty()
    {
        await using var cluster = await PostgresCluster.StartAsync(Installation, _settings, Cancel);
        var database = await cluster.CreateDatabaseAsync("noah_demo", cancellationToken: Cancel);
        await ScalarAsync(database.Owner, "CREATE TABLE old (id int)");
        NpgsqlConnection.ClearAllPools();
        database = await cluster.CreateDatabaseAsync("noah_demo", anew: true, Cancel);
        Assert.Equal(DBNull.Value, await ScalarAsync(database.Owner, "SELECT to_regclass('old')::text"));
    }

    [Theory]
    [InlineData("Noah")]
    [InlineData("noah; DROP DATABASE postgres")]
    [InlineData("")]
    public async Task CreateDatabase_NameThatIsNone_IsRefused(string name)
    {
        var databases = new ClusterDatabases("Host=/none", "127.0.0.1", 1, "a", "b");
        await Assert.ThrowsAsync<ArgumentException>(nameof(name), () => databases.CreateAsync(name, anew: false, Cancel));
    }

    [Fact]
    public async Task Start_OnAFolderThatIsALink_IsRefused()
    {
        Directory.CreateDirectory(_folder + "-target");
        Directory.CreateSymbolicLink(_folder, _folder + "-target");
        try
        {
            await Assert.ThrowsAsync<CommandFailedException>(() => PostgresCluster.StartAsync(Installation, _settings, Cancel));
        }
        finally
        {
            File.Delete(_folder);
            Directory.Delete(_folder + "-target");
        }
    }

    [Fact]
    public async Task Server_WhenItsProgramIsKilled_StopsByItself()
    {
        using var runner = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["-method", $"{typeof(KilledHost).FullName}.{nameof(KilledHost.Starts)}"])
        {
            Environment = { [KilledHost.FolderVariable] = _folder },
            RedirectStandardOutput = true,
        })!;
        var data = Path.Combine(_folder, "data");
        await Wait.UntilAsync(() => PostmasterFile.OfRunningServer(data) is { Ready: true });
        var server = PostmasterFile.OfRunningServer(data)!.ProcessId;
        runner.Kill();
        await Wait.UntilAsync(() => !Wait.IsRunning(server));
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
