using System.Text.Json;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Messaging;

/// <summary>Adds a message to the current unit of work; it is published once that has been committed.</summary>
internal sealed class Outbox(NoahDbContext db, TimeProvider clock)
{
    public void Add<T>(T message)
        where T : class =>
        db.Add(new OutboxMessage { Type = typeof(T).FullName!, Payload = JsonSerializer.Serialize(message), CreatedAt = clock.GetUtcNow() });
}
