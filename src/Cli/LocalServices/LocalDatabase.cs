using Npgsql;

namespace Noah.Cli.LocalServices;

/// <summary>The checkout's cluster with one database whose schema is up to date.</summary>
internal static class LocalDatabase
{
    public const string Name = "noah";

    public static async Task<PostgresCluster> StartClusterAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var installation = await PostgresInstallation.FindOrInstallAsync(checkout, cancellationToken);
        var settings = await ClusterSettings.ForCheckoutAsync(checkout, cancellationToken);
        return await PostgresCluster.StartAsync(installation, settings, cancellationToken);
    }

    /// <summary>Runs the migrations; they are a program of their own and no replica alters the schema.</summary>
    public static async Task MigrateAsync(Checkout checkout, DatabaseConnections database, CancellationToken cancellationToken)
    {
        var program = checkout.BuiltProgram("Migrations");
        var log = checkout.LogOf("migrate");
        File.Delete(log);
        var start = new ChildProcessStart("dotnet", program, "--connection", database.Owner)
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            LogFile = log,
        };
        await ChildProcess.RunOrFailAsync(start, $"Migrating the database {new NpgsqlConnectionStringBuilder(database.Owner).Database}", cancellationToken);
    }
}
