namespace Noah.Cli.LocalServices;

/// <summary>Builds projects of the checkout, and knows when there is nothing to build.</summary>
internal static class DotnetBuild
{
    private static readonly string[] SourceFolders = ["src", "migrations"];
    private static readonly string[] SharedFiles = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig"];

    /// <summary>No build server outlives a command, and none is shared with other builds of the machine.</summary>
    public static IReadOnlyDictionary<string, string> Environment(Checkout checkout) => new Dictionary<string, string>
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["SharedCompilationId"] = "noah-" + PathDigest.Of(checkout.Root),
    };

    /// <summary>Builds the Api and the migrations unless nothing has changed since the last time.</summary>
    public static async Task BuildHostAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var stamp = checkout.PathOf("artifacts", "host.stamp");
        if (File.Exists(stamp) && NewestSource(checkout) <= File.GetLastWriteTimeUtc(stamp))
        {
            return;
        }

        var begin = DateTime.UtcNow;
        await RunAsync(checkout, ["build", checkout.PathOf("migrations", "Migrations.csproj"), "-v", "q"], "Building the Api", cancellationToken);
        await File.WriteAllTextAsync(stamp, "", cancellationToken);
        // What changed during the build is built the next time.
        File.SetLastWriteTimeUtc(stamp, begin);
    }

    public static Task BuildBenchAsync(Checkout checkout, CancellationToken cancellationToken) => RunAsync(
        checkout, ["build", checkout.PathOf("bench", "Bench.csproj"), "-c", "Release", "-v", "q"], "Building the studies", cancellationToken);

    private static async Task RunAsync(Checkout checkout, string[] arguments, string purpose, CancellationToken cancellationToken)
    {
        var log = checkout.LogOf("build");
        File.Delete(log);
        var start = new ChildProcessStart("dotnet", arguments)
        {
            WorkingDirectory = checkout.Root,
            Environment = Environment(checkout),
            LogFile = log,
        };
        await ChildProcess.RunOrFailAsync(start, purpose, cancellationToken);
    }

    private static DateTime NewestSource(Checkout checkout) => SourceFolders
        .SelectMany(folder => Directory.EnumerateFileSystemEntries(checkout.PathOf(folder), "*", SearchOption.AllDirectories))
        .Concat(SharedFiles.Select(file => checkout.PathOf(file)))
        .Max(File.GetLastWriteTimeUtc);
}
