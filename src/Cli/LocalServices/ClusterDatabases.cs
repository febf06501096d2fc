using System.Text.RegularExpressions;
using Npgsql;

namespace Noah.Cli.LocalServices;

/// <summary>Roles and databases of a cluster. The superuser does this and nothing else.</summary>
internal sealed partial class ClusterDatabases(string superuser, string host, int port, string ownerPassword, string appPassword)
{
    public const string OwnerRole = "noah_owner";
    public const string AppRole = "noah_app";

    public string Superuser => superuser;

    public async Task ProvisionRolesAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(cancellationToken);
        await ProvisionRoleAsync(connection, OwnerRole, ownerPassword, cancellationToken);
        await ProvisionRoleAsync(connection, AppRole, appPassword, cancellationToken);
    }

    public async Task<DatabaseConnections> CreateAsync(string name, bool anew, CancellationToken cancellationToken)
    {
        if (!Name().IsMatch(name))
        {
            throw new ArgumentException("A database name has 1 to 63 lower case letters, digits and underscores.", nameof(name));
        }

        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(cancellationToken);
        if (anew)
        {
            await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {name}", cancellationToken);
        }

        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await ExecuteAsync(connection, $"CREATE DATABASE {name} OWNER {OwnerRole}", cancellationToken);
            await ExecuteAsync(connection, $"REVOKE ALL ON DATABASE {name} FROM PUBLIC", cancellationToken);
            await ExecuteAsync(connection, $"GRANT CONNECT ON DATABASE {name} TO {AppRole}", cancellationToken);
        }
        return new DatabaseConnections(Connection(name, OwnerRole, ownerPassword), Connection(name, AppRole, appPassword));
    }

    private static async Task ProvisionRoleAsync(NpgsqlConnection connection, string role, string password, CancellationToken cancellationToken)
    {
        if (!Secret().IsMatch(password))
        {
            throw new ArgumentException("A role's password is base64url.", nameof(password));
        }
        // Two starts at once (tests against one server): the lock makes the second wait instead of fail.
        var sql = $"""
            DO $$
            BEGIN
                PERFORM pg_advisory_xact_lock(20240825);
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                    CREATE ROLE {role};
                END IF;
                ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{password}';
            END $$
            """;
        await ExecuteAsync(connection, sql, cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private string Connection(string database, string role, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = host,
        Port = port,
        Database = database,
        Username = role,
        Password = password,
    }.ConnectionString;

    [GeneratedRegex("^[a-z0-9_]{1,63}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Secret();
}
