using Noah.Cli.LocalServices;

namespace Noah.Cli.Tests.LocalServices;

/// <summary>Run by PostgresClusterTests in a process that it kills; does nothing in an ordinary run.</summary>
public sealed class KilledHost
{
    internal const string FolderVariable = "NOAH_TEST_KILLED_HOST_FOLDER";

    [Fact]
    public async Task Starts()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            return;
        }

        var cancel = TestContext.Current.CancellationToken;
        var user = await OrdinaryUser.OwnerForAsync(folder, cancel);
        var settings = new ClusterSettings(folder, user, Path.Combine(folder, "log"), SecretFile.NewSecret(), SecretFile.NewSecret()) { Durable = false };
        await using var cluster = await PostgresCluster.StartAsync(PostgresInstallation.Find()!, settings, cancel);
        await Task.Delay(TimeSpan.FromMinutes(5), cancel);
    }
}
