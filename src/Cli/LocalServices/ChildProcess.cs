using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Noah.Cli.LocalServices;

/// <summary>
/// A process in a session of its own: Ctrl-C at the terminal reaches this program alone, which then stops the children in order. When this
/// program dies, even by SIGKILL, the kernel sends the child its stop signal.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesShown = 15;

    private static readonly ConcurrentDictionary<int, ChildProcess> Alive = new();

    private readonly Process _process;
    private readonly ChildProcessStart _start;

    private ChildProcess(Process process, ChildProcessStart start)
    {
        _process = process;
        _start = start;
        Id = process.Id;
        Alive[Id] = this;
    }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    public static async Task<ChildProcess> StartAsync(ChildProcessStart start)
    {
        // Each of these replaces itself by the next one, so the process id stays that of the program.
        List<string> arguments = ["sh", "-c"];
        arguments.AddRange(start.LogFile is { } log ? ["exec \"$@\" >>\"$0\" 2>&1 </dev/null", log] : ["exec \"$@\" </dev/null", "noah"]);
        arguments.AddRange(["setpriv", "--pdeathsig", start.StopSignal == NativeProcess.Interrupt ? "INT" : "TERM"]);
        arguments.AddRange(start.User?.PrivilegeArguments ?? []);
        arguments.AddRange(["--", start.FileName, .. start.Arguments]);

        var information = new ProcessStartInfo("setsid") { WorkingDirectory = start.WorkingDirectory, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            information.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in start.Environment)
        {
            information.Environment[name] = value;
        }

        return new ChildProcess(await SpawnThread.StartAsync(information), start);
    }

    /// <summary>Runs to the end and gives the exit code; a cancelled run is stopped. What the program leaves in its session is ended.</summary>
    public static async Task<int> RunAsync(ChildProcessStart start, CancellationToken cancellationToken)
    {
        await using var child = await StartAsync(start);
        return await child.WaitAsync(cancellationToken);
    }

    /// <summary>Runs to the end; a failure carries the last lines of the log.</summary>
    public static async Task RunOrFailAsync(ChildProcessStart start, string purpose, CancellationToken cancellationToken)
    {
        await using var child = await StartAsync(start);
        if (await child.WaitAsync(cancellationToken) != 0)
        {
            throw child.Failure(purpose);
        }
    }

    /// <summary>For the second Ctrl-C and the end of the program: no child outlives it.</summary>
    public static void KillAll()
    {
        foreach (var child in Alive.Values)
        {
            NativeProcess.SendToGroup(child.Id, NativeProcess.Kill);
        }
    }

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public CommandFailedException Failure(string purpose)
    {
        var how = _process.HasExited ? string.Create(CultureInfo.InvariantCulture, $"exit code {_process.ExitCode}") : "not ready in time";
        if (_start.LogFile is not { } log || !File.Exists(log))
        {
            return new CommandFailedException($"{purpose} failed ({how}).");
        }

        var lines = string.Join('\n', File.ReadLines(log).TakeLast(LinesShown).Select(line => "  " + line));
        return new CommandFailedException($"{purpose} failed ({how}). The end of {log}:\n{lines}");
    }

    public async Task StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited)
        {
            NativeProcess.SendToProcess(Id, _start.StopSignal);
            using var timeout = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                NativeProcess.SendToGroup(Id, NativeProcess.Kill);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
        NativeProcess.SendToGroup(Id, NativeProcess.Kill);
        Alive.TryRemove(Id, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }
}
