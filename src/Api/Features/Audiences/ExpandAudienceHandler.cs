using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Npgsql;

namespace Noah.Api.Features.Audiences;

/// <summary>Builds an audience and freezes it in one transaction: after a crash there is all of it or nothing.</summary>
internal sealed class ExpandAudienceHandler(NoahDbContext db, AudienceBuilder builder, TimeProvider clock) : IOperationHandler
{
    /// <summary>Members a statement. Columns travel as arrays: row-level security refuses COPY.</summary>
    private const int ChunkSize = 20_000;

    private const string Insert =
        """
        INSERT INTO audience_members (tenant_id, audience_id, member_id, ring, score, nearest_seed_id)
        SELECT noah_tenant(), $1, m.id, m.ring, m.score, m.seed FROM unnest($2, $3, $4, $5) AS m (id, ring, score, seed)
        """;

    public string Kind => ExpandAudience.Kind;

    public string Scope => Scopes.CampaignsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var audience = await db.FindAudienceAsync(run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        if (audience.State == AudienceState.Ready)
        {
            return new OperationOutcome(run.Target);
        }

        await run.ReportAsync("expand", 0, null, "members", cancellationToken);
        var built = await builder.BuildAsync(audience, AudienceView.Terms(audience), cancellationToken);
        if (built.Members.Count == 0)
        {
            throw new ProblemException(ProblemType.AudienceEmpty, "The segment matches nobody and nobody was added.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await StoreAsync(built.Members, cancellationToken);
        audience.State = AudienceState.Ready;
        audience.CoreCount = built.Members.Count(m => m.Ring == AudienceRing.Core);
        audience.ExpandedCount = built.Members.Count - audience.CoreCount;
        audience.FrozenAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await run.ReportAsync("expand", built.Members.Count, built.Members.Count, "members", cancellationToken);
        return new OperationOutcome(run.Target, new
        {
            core = audience.CoreCount,
            expanded = audience.ExpandedCount,
            candidates = built.Candidates,
            seeds = built.Seeds,
            lowestScore = built.Members.Min(m => m.Score),
        });
    }

    private async Task StoreAsync(IReadOnlyList<AudienceMember> members, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in members.Chunk(ChunkSize))
        {
            await using var insert = new NpgsqlCommand(Insert, connection);
            insert.Parameters.AddWithValue(chunk[0].AudienceId);
            insert.Parameters.AddWithValue(chunk.Select(member => member.MemberId).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(member => member.Ring.ToString()).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(member => member.Score).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(member => member.NearestSeedId).ToArray());
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
