using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Keeps each stage's output, so that a run that crashed goes on at the first stage without one and repeats nothing before it.</summary>
internal sealed class StageCheckpoints(NoahDbContext db, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        Converters =
        {
            new PackedArrayConverter<Guid>(), new PackedArrayConverter<double>(), new PackedArrayConverter<float>(), new PackedArrayConverter<int>(),
            new PackedArrayConverter<long>(), new PackedArrayConverter<uint>(), new PackedArrayConverter<bool>(),
        },
    };

    /// <summary>The stage's output: what is stored, or what it computes now and stores in a transaction of its own.</summary>
    public async Task<T> RunAsync<T>(Guid runId, string stage, Func<Task<T>> compute, CancellationToken cancellationToken)
    {
        if (await ReadAsync<T>(runId, stage, cancellationToken) is { } stored)
        {
            return stored;
        }

        var output = await compute();
        var content = JsonSerializer.SerializeToUtf8Bytes(output, Format);
        var checkpoint = new PlanningCheckpoint
        {
            RunId = runId,
            Stage = stage,
            Content = content,
            Digest = SHA256.HashData(content),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(checkpoint);
        await db.SaveChangesAsync(cancellationToken);
        db.Entry(checkpoint).State = EntityState.Detached;
        return output;
    }

    public async Task<T?> ReadAsync<T>(Guid runId, string stage, CancellationToken cancellationToken)
    {
        var content = await db.Set<PlanningCheckpoint>().AsNoTracking().Where(c => c.RunId == runId && c.Stage == stage)
            .Select(c => c.Content).SingleOrDefaultAsync(cancellationToken);
        return content is null ? default : JsonSerializer.Deserialize<T>(content, Format);
    }

    /// <summary>SHA-256 of each stage's output, by stage.</summary>
    public async Task<SortedDictionary<string, string>> DigestsAsync(Guid runId, CancellationToken cancellationToken) => new(
        (await db.Set<PlanningCheckpoint>().AsNoTracking().Where(c => c.RunId == runId).Select(c => new { c.Stage, c.Digest }).ToListAsync(cancellationToken))
        .ToDictionary(c => c.Stage, c => Convert.ToHexStringLower(c.Digest)), StringComparer.Ordinal);
}
