using System.Globalization;
using Npgsql;

namespace Noah.Cli.LocalServices;

/// <summary>
/// A private PostgreSQL cluster: owned by an ordinary user, on a socket in a closed folder and a loopback port. No service of the system
/// is touched. A second start uses the same data; a cluster that already runs is used and left running.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess? _server;

    private PostgresCluster(ChildProcess? server, int port, ClusterDatabases databases)
    {
        _server = server;
        Port = port;
        Databases = databases;
    }

    public int Port { get; }

    /// <summary>Id of the server process; null when somebody else started it.</summary>
    public int? ServerId => _server?.Id;

    public ClusterDatabases Databases { get; }

    public static async Task<PostgresCluster> StartAsync(
        PostgresInstallation installation, ClusterSettings settings, CancellationToken cancellationToken)
    {
        var files = await ClusterFiles.PrepareAsync(settings, cancellationToken);
        using var startLock = await FileLock.AcquireAsync(files.StartLock, StartPatience, cancellationToken);
        if (PostmasterFile.OfRunningServer(files.Data) is { } running)
        {
            return await ReadyAsync(null, files, settings, running.Port, running.SocketFolder, cancellationToken);
        }

        if (File.Exists(files.VersionFile))
        {
            installation = MatchingInstallation(files, installation);
        }
        else
        {
            await files.InitializeAsync(installation, settings, cancellationToken);
        }

        PostmasterFile.RemoveStale(files.Data);
        files.EmptySocketFolder();

        var port = FreePort.Find();
        var server = await ChildProcess.StartAsync(new ChildProcessStart(installation.Program("postgres"), Arguments(files, settings, port))
        {
            WorkingDirectory = settings.Folder,
            LogFile = settings.LogFile,
            User = settings.User,
            StopSignal = NativeProcess.Interrupt,
        });
        try
        {
            return await ReadyAsync(server, files, settings, port, files.Socket, cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a database that noah_owner owns and noah_app may connect to, unless it is there.</summary>
    /// <param name="name">Name: lower case letters, digits and underscores, at most 63.</param>
    /// <param name="anew">Whether an existing one is dropped first.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<DatabaseConnections> CreateDatabaseAsync(string name, bool anew = false, CancellationToken cancellationToken = default) =>
        Databases.CreateAsync(name, anew, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is null)
        {
            return;
        }

        await _server.StopAsync(StopPatience);
        await _server.DisposeAsync();
    }

    private static async Task<PostgresCluster> ReadyAsync(
        ChildProcess? server, ClusterFiles files, ClusterSettings settings, int port, string socket, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)StartPatience.TotalMilliseconds;
        while (PostmasterFile.OfRunningServer(files.Data) is not { Ready: true })
        {
            if (server?.HasExited == true || Environment.TickCount64 > deadline)
            {
                throw server?.Failure("Starting PostgreSQL") ?? new CommandFailedException($"The server on {files.Data} does not become ready.");
            }

            await Task.Delay(20, cancellationToken);
        }
        var superuser = new NpgsqlConnectionStringBuilder { Host = socket, Port = port, Username = ClusterFiles.Superuser, Database = "postgres" };
        var databases = new ClusterDatabases(superuser.ConnectionString, "127.0.0.1", port, settings.OwnerPassword, settings.AppPassword);
        await databases.ProvisionRolesAsync(cancellationToken);
        return new PostgresCluster(server, port, databases);
    }

    private static PostgresInstallation MatchingInstallation(ClusterFiles files, PostgresInstallation newest)
    {
        var version = int.Parse(File.ReadAllText(files.VersionFile).Trim(), CultureInfo.InvariantCulture);
        return newest.MajorVersion == version ? newest : PostgresInstallation.Find(version) ?? throw new CommandFailedException(
            $"{files.Data} was made by PostgreSQL {version}, which is not installed: install it, or move the folder away.");
    }

    private static List<string> Arguments(ClusterFiles files, ClusterSettings settings, int port)
    {
        List<string> options =
        [
            $"port={port.ToString(CultureInfo.InvariantCulture)}",
            "listen_addresses=127.0.0.1",
            $"unix_socket_directories={files.Socket}",
            "unix_socket_permissions=0700",
            "max_connections=200",
            "password_encryption=scram-sha-256",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
        ];
        if (!settings.Durable)
        {
            options.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }

        return ["-D", files.Data, .. options.SelectMany(option => new[] { "-c", option })];
    }
}
