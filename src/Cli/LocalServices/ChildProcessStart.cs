namespace Noah.Cli.LocalServices;

/// <summary>What to start and how it ends.</summary>
/// <param name="FileName">Program, absolute or found on the path.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ChildProcessStart(string FileName, params IReadOnlyList<string> Arguments)
{
    public string WorkingDirectory { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>File that receives output and errors; null: those of this program.</summary>
    public string? LogFile { get; init; }

    /// <summary>User to become; null: the one of this program.</summary>
    public OrdinaryUser? User { get; init; }

    /// <summary>Signal that asks the process to end well; it is also sent when this program dies.</summary>
    public int StopSignal { get; init; } = NativeProcess.Terminate;
}
