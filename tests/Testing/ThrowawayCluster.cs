using Noah.Cli.LocalServices;

namespace Noah.Testing;

/// <summary>
/// A cluster in a temporary folder named after its process, without a sync to disk. It ends with the process: by the exit handler, or when
/// the process is killed by the kernel's parent-death signal, in which case the next start removes the folder.
/// </summary>
internal sealed class ThrowawayCluster
{
    private const string Prefix = "noah-test-";

    private readonly PostgresCluster _cluster;
    private readonly string _folder;

    private ThrowawayCluster(PostgresCluster cluster, string folder)
    {
        _cluster = cluster;
        _folder = folder;
    }

    public ClusterDatabases Databases => _cluster.Databases;

    public static async Task<ThrowawayCluster> StartAsync()
    {
        RemoveAbandoned();
        var installation = PostgresInstallation.Find()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: ./noah test installs it.");
        var folder = Path.Combine(Path.GetTempPath(), $"{Prefix}{ProcessIdentity.OfThisProcess}");
        var user = await OrdinaryUser.OwnerForAsync(folder, CancellationToken.None);
        var log = Path.Combine(folder, "postgres.log");
        var settings = new ClusterSettings(folder, user, log, SecretFile.NewSecret(), SecretFile.NewSecret()) { Durable = false };
        var cluster = new ThrowawayCluster(await PostgresCluster.StartAsync(installation, settings, CancellationToken.None), folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Remove();
        return cluster;
    }

    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            if (ProcessIdentity.IsAlive(Path.GetFileName(folder)[Prefix.Length..]))
            {
                continue;
            }

            try
            {
                if (PostmasterFile.OfRunningServer(Path.Combine(folder, "data")) is { } server)
                {
                    NativeProcess.SendToProcess(server.ProcessId, NativeProcess.Quit);
                }

                Directory.Delete(folder, recursive: true);
            }
            catch (Exception foreign) when (foreign is UnauthorizedAccessException or IOException)
            {
                // Another user's, or another process removes it at this moment.
            }
        }
    }

    private void Remove()
    {
        _cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }
}
