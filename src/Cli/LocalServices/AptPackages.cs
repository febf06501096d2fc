namespace Noah.Cli.LocalServices;

/// <summary>Installs Debian packages, as root or by sudo, without questions and without starting a service.</summary>
internal static class AptPackages
{
    private static readonly Dictionary<string, string> Quiet = new() { ["DEBIAN_FRONTEND"] = "noninteractive", ["UCF_FORCE_CONFFOLD"] = "1" };

    public static async Task InstallAsync(Checkout checkout, string package, string purpose, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"Installing {package} ({purpose}) ...");
        var log = checkout.LogOf("apt");
        if (await AsRootAsync(InstallArguments(package), log, cancellationToken) == 0)
        {
            return;
        }
        // The package lists of a fresh image are empty or old.
        await AsRootAsync(["apt-get", "update"], log, cancellationToken);
        if (await AsRootAsync(InstallArguments(package), log, cancellationToken) != 0)
        {
            throw new CommandFailedException($"{package} ({purpose}) could not be installed: see {log}, or run apt-get install -y {package}.");
        }
    }

    /// <summary>Runs a command as root: directly, or by sudo, which may ask for the password at the terminal.</summary>
    public static async Task<int> AsRootAsync(IReadOnlyList<string> command, string log, CancellationToken cancellationToken)
    {
        if (!NativeProcess.IsRoot)
        {
            if (!File.Exists("/usr/bin/sudo"))
            {
                throw new CommandFailedException($"Root is needed and there is no sudo: run as root: {string.Join(' ', command)}");
            }

            if (!await Tool.SucceedsAsync("sudo", ["-n", "true"], cancellationToken) && !await AskForPasswordAsync(cancellationToken))
            {
                throw new CommandFailedException($"Root is needed and sudo refused: run as root: {string.Join(' ', command)}");
            }

            command = ["sudo", "-n", "env", .. Quiet.Select(pair => $"{pair.Key}={pair.Value}"), .. command];
        }
        var start = new ChildProcessStart(command[0], [.. command.Skip(1)]) { LogFile = log, Environment = Quiet };
        return await ChildProcess.RunAsync(start, cancellationToken);
    }

    private static IReadOnlyList<string> InstallArguments(string package) =>
        ["apt-get", "install", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", package];

    // In this program's own session: a session of its own has no terminal to ask at.
    private static async Task<bool> AskForPasswordAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        using var process = await SpawnThread.StartAsync(new System.Diagnostics.ProcessStartInfo("sudo", ["-v"]));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }
}
