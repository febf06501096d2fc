namespace Noah.Cli;

/// <summary>A command cannot go on; the message is for the person at the terminal and says what to do.</summary>
internal sealed class CommandFailedException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
