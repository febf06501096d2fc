using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using NpgsqlTypes;

namespace Noah.Api.Features.Audiences;

/// <summary>Builds an audience and freezes it in one transaction: after a crash there is all of it or nothing.</summary>
internal sealed class ExpandAudienceHandler(NoahDbContext db, TenantContext tenant, AudienceBuilder builder, TimeProvider clock) : IOperationHandler
{
    public string Kind => ExpandAudience.Kind;

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
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY audience_members (tenant_id, audience_id, member_id, ring, score, nearest_seed_id) FROM STDIN (FORMAT binary)", cancellationToken);
        foreach (var member in members)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(tenant.TenantId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(member.AudienceId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(member.MemberId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(member.Ring.ToString(), NpgsqlDbType.Varchar, cancellationToken);
            await (member.Score is { } score ? writer.WriteAsync(score, NpgsqlDbType.Real, cancellationToken) : writer.WriteNullAsync(cancellationToken));
            await (member.NearestSeedId is { } seed ? writer.WriteAsync(seed, NpgsqlDbType.Uuid, cancellationToken) : writer.WriteNullAsync(cancellationToken));
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
