using System.CommandLine;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Commands;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the schema of the local database up to date.");
        command.SetAction((_, cancellationToken) => RunAsync(Checkout.Find(), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        await Steps.RunAsync("Build", () => DotnetBuild.BuildHostAsync(checkout, cancellationToken));
        await using var cluster = await Steps.RunAsync("PostgreSQL", () => LocalDatabase.StartClusterAsync(checkout, cancellationToken));
        var database = await cluster.CreateDatabaseAsync(LocalDatabase.Name, cancellationToken: cancellationToken);
        await Steps.RunAsync("Migrations", () => LocalDatabase.MigrateAsync(checkout, database, cancellationToken));
        return 0;
    }
}
