using Noah.Cli.LocalServices;

namespace Noah.Cli.Tests.LocalServices;

public sealed class ChildProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noah-child-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Failure_ShowsTheEndOfTheLog()
    {
        var start = new ChildProcessStart("sh", "-c", "for i in $(seq 1 40); do echo line $i; done; exit 3") { LogFile = Path.Combine(_folder, "log") };
        var failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => ChildProcess.RunOrFailAsync(start, "Counting", TestContext.Current.CancellationToken));
        Assert.Contains("Counting failed (exit code 3)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("line 40", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 25\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_OfAProcessThatIgnoresTheRequest_KillsItAndItsChildren()
    {
        var log = Path.Combine(_folder, "log");
        var child = await ChildProcess.StartAsync(
            new ChildProcessStart("sh", "-c", "trap '' TERM; sleep 300 & echo $!; while :; do sleep 0.05; done") { LogFile = log });
        await Wait.UntilAsync(() => File.Exists(log) && File.ReadAllText(log).EndsWith('\n'));
        var grandchild = int.Parse(await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), provider: null);
        await child.StopAsync(TimeSpan.FromMilliseconds(300));
        Assert.True(child.HasExited);
        await Wait.UntilAsync(() => !Wait.IsRunning(grandchild));
    }

    [Fact]
    public async Task Run_Cancelled_LeavesNothing()
    {
        var log = Path.Combine(_folder, "log");
        using var source = new CancellationTokenSource();
        var run = ChildProcess.RunAsync(new ChildProcessStart("sh", "-c", "echo $$; exec sleep 300") { LogFile = log }, source.Token);
        await Wait.UntilAsync(() => File.Exists(log) && File.ReadAllText(log).EndsWith('\n'));
        var id = int.Parse(await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), provider: null);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Wait.UntilAsync(() => !Wait.IsRunning(id));
    }

    [Fact]
    public async Task Start_OfAProgramThatIsNotThere_SaysSo()
    {
        var start = new ChildProcessStart("/no/such/program") { LogFile = Path.Combine(_folder, "log") };
        var failure = await Assert.ThrowsAsync<CommandFailedException>(
            () => ChildProcess.RunOrFailAsync(start, "Starting it", TestContext.Current.CancellationToken));
        Assert.Contains("/no/such/program", failure.Message, StringComparison.Ordinal);
    }
}
