using System.CommandLine;
using Noah.Cli.Commands;

namespace Noah.Cli;

/// <summary>The command tree. A wrong argument gives one line on the error stream and exit code 2.</summary>
internal static class NoahCommand
{
    public const int Usage = 2;
    public const int Interrupted = 130;

    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = new RootCommand("NOAH: plan, send and measure e-mail campaigns.")
        {
            DemoCommand.Create(),
            TestCommand.Create(),
            UpCommand.Create(),
            MigrateCommand.Create(),
            WorkerCommand.Create(),
            BenchCommand.Create(),
        };
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            // An unknown command is reported as a missing one, with the word itself as the second error.
            await error.WriteLineAsync($"noah: {OneLine(parsed.Errors[^1].Message)} Try ./noah --help.");
            return Usage;
        }
        // Signals are ours (TerminationSignals): the library would end the process two seconds after Ctrl-C, children still running.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output,
            Error = error,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static string OneLine(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
