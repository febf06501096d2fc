using System.CommandLine;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Commands;

/// <summary>Hands its arguments to the studies' own program, which knows the studies and their keys.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var arguments = new Argument<string[]>("study") { Arity = ArgumentArity.ZeroOrMore, Description = "STUDY [--key value ...] [--json] [--report FILE]; none: list the studies." };
        var command = new Command("bench", "Run a study, or list them.") { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(Checkout.Find(), [.. parsed.Tokens.Skip(1).Select(token => token.Value)], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await DotnetBuild.BuildBenchAsync(checkout, cancellationToken);
        var start = new ChildProcessStart("dotnet", [checkout.BuiltProgram("Bench", "release"), .. arguments]) { WorkingDirectory = checkout.Root };
        return await ChildProcess.RunAsync(start, cancellationToken);
    }
}
