using Noah.Cli;
using Noah.Cli.LocalServices;
using Spectre.Console;

// A file or a pipe has no width of its own; tables need this much.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 130;
}

using var termination = new TerminationSignals();
try
{
    return await NoahCommand.InvokeAsync(args, Console.Out, Console.Error, termination.Token);
}
catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
{
    return NoahCommand.Interrupted;
}
catch (CommandFailedException failure)
{
    await Console.Error.WriteLineAsync($"noah: {failure.Message}");
    return failure.ExitCode;
}
finally
{
    ChildProcess.KillAll();
}
