using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Noah.Api.Platform.Persistence;

/// <summary>
/// Names the tenant to PostgreSQL each time a connection is opened. Pooled connections are reset between uses, so the setting never
/// outlives its scope, and a connection without it sees no tenant's rows.
/// </summary>
internal sealed class TenantConnectionInterceptor(TenantContext tenant) : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!tenant.IsSet)
        {
            return;
        }

        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!tenant.IsSet)
        {
            return;
        }

        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    private DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "SELECT set_config('noah.tenant_id', @tenant, false)";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "tenant";
        parameter.Value = tenant.TenantId.ToString();
        command.Parameters.Add(parameter);
        return command;
    }
}
