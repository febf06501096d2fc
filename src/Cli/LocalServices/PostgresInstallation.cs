using System.Globalization;

namespace Noah.Cli.LocalServices;

/// <summary>The PostgreSQL programs of the machine: found where Debian puts them, or installed.</summary>
internal sealed record PostgresInstallation(string Bin, int MajorVersion)
{
    /// <summary>The oldest version whose row-level security and privileges the migrations rely on.</summary>
    private const int OldestVersion = 14;

    private const string Versions = "/usr/lib/postgresql";
    private const string ClusterSettings = "/etc/postgresql-common/createcluster.conf";

    // One shell line, because it has to run as root, perhaps by sudo: Debian's package would create and start a cluster of its own.
    private const string NoMainCluster =
        "mkdir -p /etc/postgresql-common && touch " + ClusterSettings
        + " && sed -i -E '/^[[:space:]]*#?[[:space:]]*create_main_cluster[[:space:]]*=/d' " + ClusterSettings
        + " && echo 'create_main_cluster = false' >> " + ClusterSettings;

    public string Program(string name) => Path.Combine(Bin, name);

    /// <summary>The newest installation, or that of the version a data folder was made with; null when there is none.</summary>
    public static PostgresInstallation? Find(int? majorVersion = null) => FindIn(Versions, majorVersion);

    public static PostgresInstallation? FindIn(string folder, int? majorVersion) => !Directory.Exists(folder)
        ? null
        : Directory.EnumerateDirectories(folder)
            .Where(version => File.Exists(Path.Combine(version, "bin", "initdb")) && File.Exists(Path.Combine(version, "bin", "postgres")))
            .Select(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var major)
                ? new PostgresInstallation(Path.Combine(version, "bin"), major)
                : null)
            .Where(found => found is not null && found.MajorVersion >= OldestVersion && (majorVersion is null || found.MajorVersion == majorVersion))
            .MaxBy(found => found!.MajorVersion);

    public static async Task<PostgresInstallation> FindOrInstallAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (Find() is { } found)
        {
            return found;
        }

        if (await AptPackages.AsRootAsync(["sh", "-c", NoMainCluster], checkout.LogOf("apt"), cancellationToken) != 0)
        {
            throw new CommandFailedException($"{ClusterSettings} could not be written: see {checkout.LogOf("apt")}.");
        }

        await AptPackages.InstallAsync(checkout, "postgresql", "the database", cancellationToken);
        return Find() ?? throw new CommandFailedException($"postgresql is installed, but no version from {OldestVersion} on is under {Versions}.");
    }
}
