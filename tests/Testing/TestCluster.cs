using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Noah.Cli.LocalServices;
using Npgsql;

namespace Noah.Testing;

/// <summary>
/// PostgreSQL for tests: one throwaway cluster a test process, started at first use from the installed binaries and gone with the process.
/// <c>NOAH_TEST_POSTGRES</c>, a superuser's connection string, names a server to use instead.
/// </summary>
public static class TestCluster
{
    private const string OverrideVariable = "NOAH_TEST_POSTGRES";

    private static readonly Lazy<Task<ClusterDatabases>> Databases = new(StartAsync);

    /// <summary>Creates an empty database that noah_owner owns and noah_app may connect to.</summary>
    /// <param name="name">Name; null: a new unique one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<TestDatabase> CreateDatabaseAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        var databases = await Databases.Value;
        name ??= $"test_{Guid.NewGuid():N}";
        var connections = await databases.CreateAsync(name, anew: false, cancellationToken);
        return new TestDatabase(name, connections.Owner, connections.App, databases.Superuser);
    }

    private static async Task<ClusterDatabases> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } superuser)
        {
            return await UseAsync(superuser);
        }

        var cluster = await ThrowawayCluster.StartAsync();
        return cluster.Databases;
    }

    private static async Task<ClusterDatabases> UseAsync(string superuser)
    {
        var server = new NpgsqlConnectionStringBuilder(superuser);
        // Derived, not drawn: test processes that run at once on one server must agree on the roles' passwords.
        string Password(string role) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(superuser), Encoding.UTF8.GetBytes(role)));
        var databases = new ClusterDatabases(
            superuser, server.Host ?? "127.0.0.1", server.Port, Password(ClusterDatabases.OwnerRole), Password(ClusterDatabases.AppRole));
        await databases.ProvisionRolesAsync(CancellationToken.None);
        return databases;
    }
}
