using System.Runtime.InteropServices;
using Noah.Cli.LocalServices;

namespace Noah.Cli;

/// <summary>
/// Turns Ctrl-C, SIGTERM and SIGHUP into a cancelled token, so that everything started is stopped in order; a second signal stops it at once.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public TerminationSignals() => _registrations =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            ChildProcess.KillAll();
            Environment.Exit(NoahCommand.Interrupted);
        }
        // Not on the signal's thread: the continuations stop processes and wait for them.
        _ = Task.Run(_source.Cancel);
    }
}
