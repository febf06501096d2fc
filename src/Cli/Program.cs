using Noah.Cli;
using Noah.Cli.LocalServices;

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
