using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Operations;

/// <summary>
/// The events of one operation from a sequence onwards, until <c>done</c>. Rows are the truth and notifications the wake-up, so a
/// client that reconnects with Last-Event-ID to any node misses nothing.
/// </summary>
internal sealed class OperationEventStream(TenantScopes scopes, NpgsqlDataSource database)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<SseItem<JsonElement>> ReadAsync(
        Guid tenantId, Guid operationId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var listener = await database.OpenConnectionAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand("LISTEN noah_operation", listener))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            var events = await NextAsync(tenantId, operationId, after, cancellationToken);
            foreach (var entry in events)
            {
                after = entry.Sequence;
                yield return new SseItem<JsonElement>(entry.Data.RootElement, entry.Type)
                {
                    EventId = entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ReconnectionInterval = Retry,
                };
                if (entry.Type == "done")
                {
                    yield break;
                }
            }

            if (events.Count == 0)
            {
                await listener.WaitAsync(Poll, cancellationToken);
            }
        }
    }

    private async Task<List<OperationEvent>> NextAsync(Guid tenantId, Guid operationId, long after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(tenantId);
        return await scope.ServiceProvider.GetRequiredService<NoahDbContext>().Set<OperationEvent>().AsNoTracking()
            .Where(e => e.OperationId == operationId && e.Sequence > after)
            .OrderBy(e => e.Sequence).Take(500).ToListAsync(cancellationToken);
    }
}
