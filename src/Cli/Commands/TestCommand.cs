using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Noah.Cli.Checks;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Commands;

/// <summary>Everything that must hold before a change is taken, for people and for CI. The last line sums the tests.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var slow = new Option<bool>("--slow") { Description = "Run the tests marked Size=Slow as well." };
        var cuda = new Option<bool>("--cuda") { Description = "Run the tests marked Device=Cuda as well; without a CUDA device they are skipped." };
        var command = new Command("test", "Build and check everything and run all tests.") { slow, cuda };
        command.SetAction((parsed, cancellationToken) =>
            new Run(Checkout.Find(), cancellationToken).AllAsync(parsed.GetValue(slow), parsed.GetValue(cuda)));
        return command;
    }

    private sealed class Run(Checkout checkout, CancellationToken cancellationToken)
    {
        private const string Browser = "/usr/bin/chromium";

        private readonly List<string> _failures = [];
        private readonly string _reports = checkout.PathOf("artifacts", "test-reports");

        public async Task<int> AllAsync(bool slow, bool cuda)
        {
            var reports = TestReports.None;
            // A failed build leaves old binaries, and tests of those would pass.
            if (await StageAsync("tools", InstallAsync) && await StageAsync("restore", RestoreAsync) && await StageAsync("build", BuildAsync))
            {
                await StageAsync("format", FormatAsync);
                await StageAsync("tests", () => TestsAsync(slow, cuda));
                reports = TestReports.Read(_reports);
                await StageAsync("skipped tests", () => Task.FromResult(None("Skipped although PostgreSQL is there", reports.SkippedPostgres)));
                await StageAsync("migrations", MigrationsAsync);
                await StageAsync("docs", () => Task.FromResult(None("Documentation", DocsCheck.Faults(checkout))));
            }
            None("Failed", reports.Failures);
            if (_failures.Count > 0)
            {
                await Console.Out.WriteLineAsync($"FAILED: {string.Join(", ", _failures)}");
            }

            await Console.Out.WriteLineAsync(reports.ToString());
            return _failures.Count == 0 && reports.Failed == 0 ? 0 : 1;
        }

        private async Task<bool> StageAsync(string name, Func<Task<bool>> stage)
        {
            await Console.Out.WriteLineAsync($"== {name}");
            var watch = Stopwatch.StartNew();
            var passed = await stage();
            cancellationToken.ThrowIfCancellationRequested();
            if (!passed)
            {
                _failures.Add(name);
            }

            var seconds = watch.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
            await Console.Out.WriteLineAsync($"== {name}: {(passed ? "ok" : "FAILED")} ({seconds} s)");
            return passed;
        }

        private async Task<bool> InstallAsync()
        {
            await PostgresInstallation.FindOrInstallAsync(checkout, cancellationToken);
            await MailSink.EnsureInstalledAsync(checkout, cancellationToken);
            if (!File.Exists(Browser))
            {
                await AptPackages.InstallAsync(checkout, "chromium", "the tests that look at pages", cancellationToken);
            }

            return true;
        }

        private Task<bool> RestoreAsync() => DotnetAsync("restore", checkout.PathOf(Checkout.SolutionFile), "--locked-mode", "-v", "q");

        private Task<bool> BuildAsync() => DotnetAsync("build", checkout.PathOf(Checkout.SolutionFile), "--no-restore", "-v", "q");

        private Task<bool> FormatAsync() => DotnetAsync(
            "format", checkout.PathOf(Checkout.SolutionFile), "--verify-no-changes", "--no-restore", "--exclude", "migrations");

        private Task<bool> TestsAsync(bool slow, bool cuda)
        {
            if (Directory.Exists(_reports))
            {
                Directory.Delete(_reports, recursive: true);
            }

            List<string> arguments =
            [
                "test", "--solution", checkout.PathOf(Checkout.SolutionFile), "--no-build", "--no-progress",
                "--results-directory", _reports, "--report-xunit-xml",
                // A filter may leave a project without a test, which the platform reports as 8.
                "--ignore-exit-code", "8",
            ];
            if (!cuda)
            {
                arguments.AddRange(["--filter-not-trait", "Device=Cuda"]);
            }

            if (!slow)
            {
                arguments.AddRange(["--filter-not-trait", "Size=Slow"]);
            }

            return DotnetAsync([.. arguments]);
        }

        private async Task<bool> MigrationsAsync() =>
            !Directory.EnumerateFiles(checkout.PathOf("migrations"), "*Snapshot.cs").Any()
            || (await DotnetAsync("tool", "restore")
                && await DotnetAsync("ef", "migrations", "has-pending-model-changes", "--project", "migrations", "--no-build"));

        private async Task<bool> DotnetAsync(params string[] arguments) =>
            await ChildProcess.RunAsync(
                new ChildProcessStart("dotnet", arguments)
                {
                    WorkingDirectory = checkout.Root,
                    Environment = DotnetBuild.Environment(checkout),
                },
                cancellationToken) == 0;

        private static bool None(string title, IReadOnlyList<string> faults)
        {
            foreach (var fault in faults)
            {
                Console.Out.WriteLine($"{title}: {fault}");
            }

            return faults.Count == 0;
        }
    }
}
