using Npgsql;
using NpgsqlTypes;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>Stores a row for every eligible member, those who get nothing included.</summary>
internal sealed class AllocationWriter(NoahDbContext db, TenantContext tenant)
{
    private const string Copy =
        "COPY allocations (tenant_id, run_id, member_id, campaign_id, propensity, explored, expected_value, cost, reason, "
        + "variant_id, variant_propensity, send_at, send_at_propensity, send_at_reason) FROM STDIN (FORMAT binary)";

    public async Task WriteAsync(Guid runId, StageOutputs stages, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var writer = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        var (sender, width) = (0, stages.Eligibility.Campaigns.Length + 1);
        for (var m = 0; m < stages.Allocation.Choices.Length; m++)
        {
            var choice = stages.Allocation.Choices[m];
            var sends = choice != AllocationOutput.NoSend;
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(tenant.TenantId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(runId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(stages.Eligibility.MemberIds[m], NpgsqlDbType.Uuid, cancellationToken);
            await NullableAsync(writer, sends, () => stages.Eligibility.Campaigns[choice].CampaignId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(stages.Allocation.Propensities[(m * width) + 1 + choice], NpgsqlDbType.Double, cancellationToken);
            await writer.WriteAsync(stages.Allocation.Explored[m] == 1, NpgsqlDbType.Boolean, cancellationToken);
            await writer.WriteAsync(sends ? DecisionReason.Value(stages, m, choice) : 0, NpgsqlDbType.Double, cancellationToken);
            await writer.WriteAsync(sends ? stages.Eligibility.Campaigns[choice].CostPerSend : 0m, NpgsqlDbType.Numeric, cancellationToken);
            await writer.WriteAsync(DecisionReason.Of(stages, m), NpgsqlDbType.Varchar, cancellationToken);
            await SendAsync(writer, stages, sends ? sender++ : null, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private static async Task SendAsync(NpgsqlBinaryImporter writer, StageOutputs stages, int? sender, CancellationToken cancellationToken)
    {
        var (content, time) = (stages.Content, stages.SendTime);
        var timed = sender is { } index && time.DueAt[index] != 0;
        await NullableAsync(writer, sender is not null, () => content.Variants[content.Chosen[sender!.Value]].VariantId, NpgsqlDbType.Uuid, cancellationToken);
        await NullableAsync(writer, sender is not null, () => content.Propensities[sender!.Value], NpgsqlDbType.Double, cancellationToken);
        await NullableAsync(writer, timed, () => new DateTime(time.DueAt[sender!.Value], DateTimeKind.Utc), NpgsqlDbType.TimestampTz, cancellationToken);
        await NullableAsync(writer, timed, () => time.Propensities[sender!.Value], NpgsqlDbType.Double, cancellationToken);
        await NullableAsync(writer, sender is not null, () => SendTimeOutput.ReasonNames[time.Reasons[sender!.Value]], NpgsqlDbType.Varchar, cancellationToken);
    }

    private static Task NullableAsync<T>(NpgsqlBinaryImporter writer, bool present, Func<T> value, NpgsqlDbType type, CancellationToken cancellationToken) =>
        present ? writer.WriteAsync(value(), type, cancellationToken) : writer.WriteNullAsync(cancellationToken);
}
