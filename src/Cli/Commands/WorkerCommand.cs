using System.CommandLine;
using Noah.Cli.LocalServices;
using Spectre.Console;

namespace Noah.Cli.Commands;

internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command("worker", "Start one more worker on the local database until Ctrl-C.");
        command.SetAction((_, cancellationToken) => RunAsync(Checkout.Find(), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        await Steps.RunAsync("Build", () => DotnetBuild.BuildHostAsync(checkout, cancellationToken));
        await using var cluster = await Steps.RunAsync("PostgreSQL", () => LocalDatabase.StartClusterAsync(checkout, cancellationToken));
        var database = await cluster.CreateDatabaseAsync(LocalDatabase.Name, cancellationToken: cancellationToken);
        var api = ApiAddressFile.Read(checkout.State);
        var settings = new ApiSettings("worker", database.App)
        {
            PublicAddress = api,
            SmtpPort = api is null ? null : MailSink.RunningPort(Path.Combine(checkout.State, "mail")),
        };
        await using var worker = await Steps.RunAsync("Worker", () => ApiProcess.StartAsync(checkout, settings, cancellationToken));
        if (api is null)
        {
            AnsiConsole.MarkupLine("It sends no mail, as no Api is up to answer the links in it: start ./noah up first.");
        }

        AnsiConsole.MarkupLine($"Health: {worker.Address}health/ready. Ctrl-C stops it.");
        await worker.WaitAsync(cancellationToken);
        return 0;
    }
}
