namespace Noah.Api.Features.Training;

/// <summary>Exit codes of processes in words.</summary>
internal static class ExitSignals
{
    // By convention of the shell, which .NET follows: 128 and the signal's number.
    private const int FirstSignal = 128, LastSignal = 159;

    public static string Describe(int exitCode) => exitCode is > FirstSignal and <= LastSignal
        ? $"{Name(exitCode - FirstSignal)} (signal {exitCode - FirstSignal})"
        : $"itself with exit code {exitCode}";

    private static string Name(int signal) => signal switch
    {
        4 => "SIGILL",
        6 => "SIGABRT, as native libraries end when they find a fault",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL, as the kernel ends what uses too much memory",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        _ => "a signal",
    };
}
