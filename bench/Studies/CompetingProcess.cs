using System.Diagnostics;

namespace Noah.Bench.Studies;

/// <summary>Another process that keeps one core busy until it is disposed of, and for two minutes at most.</summary>
internal sealed class CompetingProcess : IDisposable
{
    private readonly Process _process;

    private CompetingProcess(Process process) => _process = process;

    public static CompetingProcess Start() => new(Process.Start("timeout", ["120", "sh", "-c", "while :; do :; done"]));

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
