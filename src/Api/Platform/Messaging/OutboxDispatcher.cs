using System.Text.Json;
using MassTransit;
using Npgsql;

namespace Noah.Api.Platform.Messaging;

/// <summary>
/// Publishes committed messages of all tenants. Rows are claimed with SKIP LOCKED and marked after the publish, so a crash between
/// the two publishes twice: every consumer is idempotent.
/// </summary>
internal sealed class OutboxDispatcher(NpgsqlDataSource database, IBus bus, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 200;

    /// <summary>Longest wait when the notification of a new message was lost.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var listener = await database.OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("LISTEN noah_outbox", listener))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                while (!stoppingToken.IsCancellationRequested)
                {
                    while (await PublishBatchAsync(stoppingToken) == BatchSize)
                    {
                    }

                    await listener.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "The outbox could not be read; trying again");
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    private async Task<int> PublishBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var messages = new List<(Guid Id, string Type, string Payload)>();
        await using (var claim = new NpgsqlCommand("SELECT id, type, payload FROM noah_claim_outbox($1)", connection, transaction))
        {
            claim.Parameters.AddWithValue(BatchSize);
            await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                messages.Add((reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        foreach (var (_, typeName, payload) in messages)
        {
            var type = typeof(OutboxDispatcher).Assembly.GetType(typeName)
                ?? throw new InvalidOperationException($"The outbox holds a message of the unknown type {typeName}.");
            await bus.Publish(JsonSerializer.Deserialize(payload, type)!, type, cancellationToken);
        }

        if (messages.Count > 0)
        {
            await using var mark = new NpgsqlCommand("SELECT noah_mark_published($1)", connection, transaction);
            mark.Parameters.AddWithValue(messages.Select(message => message.Id).ToArray());
            await mark.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return messages.Count;
    }
}
