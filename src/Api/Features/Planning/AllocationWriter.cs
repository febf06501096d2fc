using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Planning;

/// <summary>Stores a row for every eligible member, those who get nothing included.</summary>
internal sealed class AllocationWriter(NoahDbContext db)
{
    /// <summary>Members a statement. Columns travel as arrays: row-level security refuses COPY.</summary>
    private const int ChunkSize = 20_000;

    private const string Insert =
        """
        INSERT INTO allocations (
            tenant_id, run_id, member_id, campaign_id, propensity, explored, expected_value, cost, reason,
            variant_id, variant_propensity, send_at, send_at_propensity, account_id, send_at_reason)
        SELECT noah_tenant(), $1, a.* FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS a
        """;

    public async Task WriteAsync(Guid runId, StageOutputs stages, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in Rows(runId, stages).Chunk(ChunkSize))
        {
            await using var insert = new NpgsqlCommand(Insert, connection);
            void Add<T>(Func<Allocation, T> column) => insert.Parameters.AddWithValue(chunk.Select(column).ToArray());
            insert.Parameters.AddWithValue(runId);
            Add(row => row.MemberId);
            Add(row => row.CampaignId);
            Add(row => row.Propensity);
            Add(row => row.Explored);
            Add(row => row.ExpectedValue);
            Add(row => row.Cost);
            Add(row => row.Reason);
            Add(row => row.VariantId);
            Add(row => row.VariantPropensity);
            Add(row => row.SendAt);
            Add(row => row.SendAtPropensity);
            Add(row => row.AccountId);
            insert.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Varchar, chunk.Select(row => row.SendAtReason).ToArray());
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static IEnumerable<Allocation> Rows(Guid runId, StageOutputs stages)
    {
        var (sender, width) = (0, stages.Eligibility.Campaigns.Length + 1);
        for (var m = 0; m < stages.Allocation.Choices.Length; m++)
        {
            var choice = stages.Allocation.Choices[m];
            var account = stages.Eligibility.AccountIds?[m];
            var (member, propensity) = (stages.Eligibility.MemberIds[m], stages.Allocation.Propensities[(m * width) + 1 + choice]);
            var (explored, reason) = (stages.Allocation.Explored[m] == 1, DecisionReason.Of(stages, m));
            if (choice == AllocationOutput.NoSend)
            {
                yield return new Allocation { RunId = runId, MemberId = member, AccountId = account, Propensity = propensity, Explored = explored, Reason = reason };
                continue;
            }

            var (campaign, wording, time) = (stages.Eligibility.Campaigns[choice], stages.Content.Chosen[sender], stages.SendTime);
            var timed = time.DueAt[sender] != 0;
            yield return new Allocation
            {
                RunId = runId,
                MemberId = member,
                AccountId = account,
                CampaignId = campaign.CampaignId,
                Propensity = propensity,
                Explored = explored,
                Reason = reason,
                ExpectedValue = DecisionReason.Value(stages, m, choice),
                Cost = stages.Cost(m, choice),
                VariantId = wording == ContentOutput.NoVariant ? null : stages.Content.Variants[wording].VariantId,
                VariantPropensity = wording == ContentOutput.NoVariant ? null : stages.Content.Propensities[sender],
                SendAt = timed ? new DateTimeOffset(time.DueAt[sender], TimeSpan.Zero) : null,
                SendAtPropensity = timed ? time.Propensities[sender] : null,
                SendAtReason = SendTimeOutput.ReasonNames[time.Reasons[sender]],
            };
            sender++;
        }
    }
}
