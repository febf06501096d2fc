using System.CommandLine;
using Noah.Cli.LocalServices;
using Spectre.Console;

namespace Noah.Cli.Commands;

internal static class UpCommand
{
    /// <summary>Where docs/quickstart.http looks for the Api; another free port when it is taken.</summary>
    private const int Port = 5080;

    public static Command Create()
    {
        var command = new Command("up", "Start NOAH on this machine until Ctrl-C.");
        command.SetAction((_, cancellationToken) => RunAsync(Checkout.Find(), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        await Steps.RunAsync("Build", () => DotnetBuild.BuildHostAsync(checkout, cancellationToken));
        await using var cluster = await Steps.RunAsync("PostgreSQL", () => LocalDatabase.StartClusterAsync(checkout, cancellationToken));
        var database = await cluster.CreateDatabaseAsync(LocalDatabase.Name, cancellationToken: cancellationToken);
        await Steps.RunAsync("Migrations", () => LocalDatabase.MigrateAsync(checkout, database, cancellationToken));
        await using var mail = await Steps.RunAsync("Mail server", async () =>
        {
            await MailSink.EnsureInstalledAsync(checkout, cancellationToken);
            return await MailSink.StartAsync(Path.Combine(checkout.State, "mail"), checkout.LogOf("mail"), cancellationToken);
        });
        var settings = new ApiSettings("all", database.App) { Address = new Uri($"http://127.0.0.1:{FreePort.Find(Port)}"), SmtpPort = mail.Port };
        await using var api = await Steps.RunAsync("Api", () => ApiProcess.StartAsync(checkout, settings, cancellationToken));
        using var address = ApiAddressFile.Write(checkout.State, api.Address);

        var places = new Table().AddColumns("", "").HideHeaders().Border(TableBorder.None);
        places.AddRow("Api", api.Address.ToString()).AddRow("Reference", new Uri(api.Address, "/reference").ToString());
        places.AddRow("Operator's key", Path.Combine(checkout.State, "operator.key")).AddRow("Mail", mail.Folder).AddRow("Logs", checkout.Logs);
        AnsiConsole.Write(places);
        AnsiConsole.MarkupLine("Ctrl-C stops it.");
        await api.WaitAsync(cancellationToken);
        return 0;
    }
}
