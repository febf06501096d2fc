using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Npgsql;

namespace Noah.Api.Features.Operations;

/// <summary>
/// Writes an operation's progress and events, on connections of its own and only while the fence still holds: a worker that lost its
/// lease can neither move the progress nor end the operation.
/// </summary>
internal sealed class OperationJournal(NpgsqlDataSource database, Guid tenantId, Guid operationId, long fence)
{
    public Task<bool> ProgressAsync(string stage, long completed, long? total, string unit, CancellationToken cancellationToken) => WriteAsync(
        "stage = @stage, completed = @completed, total = @total, unit = @unit",
        "progress",
        new { stage, completed, total, unit, percent = total is > 0 ? Math.Round(100.0 * completed / total.Value, 1) : (double?)null },
        command =>
        {
            command.Parameters.AddWithValue("stage", stage);
            command.Parameters.AddWithValue("completed", completed);
            command.Parameters.Add(new NpgsqlParameter<long?>("total", total));
            command.Parameters.AddWithValue("unit", unit);
        },
        cancellationToken);

    public Task<bool> LogAsync(string message, CancellationToken cancellationToken) =>
        WriteAsync("stage = stage", "log", new { message }, _ => { }, cancellationToken);

    public Task<bool> EndAsync(OperationState state, string? response, object? metadata, object? error, CancellationToken cancellationToken) => WriteAsync(
        "state = @state, response = @response, metadata = @metadata::jsonb, error = @error::jsonb, ended_at = now(), lease_until = NULL",
        "done",
        new { state = state.ToString().ToUpperInvariant(), response, error },
        command =>
        {
            command.Parameters.AddWithValue("state", state.ToString());
            command.Parameters.Add(new NpgsqlParameter<string?>("response", response));
            command.Parameters.Add(new NpgsqlParameter<string?>("metadata", Json(metadata)));
            command.Parameters.Add(new NpgsqlParameter<string?>("error", Json(error)));
        },
        cancellationToken);

    /// <summary>Prolongs the lease; answers whether the fence still holds and whether somebody asked to cancel.</summary>
    public async Task<(bool Held, bool Cancelling)> RenewAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "UPDATE operations SET lease_until = now() + @lease WHERE id = @id AND fence = @fence AND state IN ('Running', 'Cancelling') RETURNING state",
            connection);
        command.Parameters.AddWithValue("lease", lease);
        command.Parameters.AddWithValue("id", operationId);
        command.Parameters.AddWithValue("fence", fence);
        var state = await command.ExecuteScalarAsync(cancellationToken) as string;
        return (state is not null, state == nameof(OperationState.Cancelling));
    }

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, OperationJson.Options);

    private async Task<bool> WriteAsync(
        string assignments, string type, object data, Action<NpgsqlCommand> bind, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            WITH held AS (
                UPDATE operations SET {assignments}, last_sequence = last_sequence + 1
                WHERE id = @id AND fence = @fence AND state IN ('Running', 'Cancelling')
                RETURNING tenant_id, id, last_sequence),
            written AS (
                INSERT INTO operation_events (tenant_id, operation_id, sequence, type, data, at)
                SELECT tenant_id, id, last_sequence, @type, @data::jsonb, now() FROM held RETURNING operation_id)
            SELECT operation_id, pg_notify('noah_operation', operation_id::text) FROM written
            """,
            connection);
        command.Parameters.AddWithValue("id", operationId);
        command.Parameters.AddWithValue("fence", fence);
        command.Parameters.AddWithValue("type", type);
        command.Parameters.AddWithValue("data", Json(data)!);
        bind(command);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT set_config('noah.tenant_id', $1, false)", connection);
        command.Parameters.AddWithValue(tenantId.ToString());
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }
}
