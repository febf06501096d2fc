using System.CommandLine;
using Noah.Cli.Journey;
using Noah.Cli.Journey.Data;
using Noah.Cli.LocalServices;
using Spectre.Console;

namespace Noah.Cli.Commands;

internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { HelpName = "PATH", Description = "Use this Hillstrom file (csv or csv.gz) instead of the simulated retailer." };
        var keep = new Option<bool>("--keep") { Description = "Leave everything running after the journey, until Ctrl-C." };
        data.AcceptExistingOnly();
        var command = new Command("demo", "Start NOAH and walk through a marketer's journey.") { data, keep };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(Checkout.Find(), parsed.GetValue(data), parsed.GetValue(keep), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, FileInfo? file, bool keep, CancellationToken cancellationToken)
    {
        var data = await Steps.RunAsync("Customers", () => Task.Run(() => Load(file), cancellationToken));
        Screen.Say(data.Provenance);
        await using var environment = await DemoEnvironment.StartAsync(checkout, DemoJourney.ClockStart(data), cancellationToken);
        await DemoJourney.RunAsync(environment, data, cancellationToken);
        if (keep)
        {
            AnsiConsole.MarkupLine("Everything keeps running; Ctrl-C stops it.");
            await environment.Api.WaitAsync(cancellationToken);
        }
        return 0;
    }

    private static IJourneyData Load(FileInfo? file) =>
        file is null ? new SimulatedRetailerData(SimulatedRetailerData.DefaultSeed) : HillstromData.Read(file.FullName);
}
