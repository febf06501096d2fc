using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Experiments;

internal sealed class ExposureWriter(NoahDbContext db) : IExposureWriter
{
    private const string Insert =
        """
        INSERT INTO exposures (tenant_id, experiment_id, member_id, arm, exposed_at, propensity)
        SELECT noah_tenant(), $1, member_id, arm, exposed_at, propensity
        FROM unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::float8[]) AS e (member_id, arm, exposed_at, propensity)
        ON CONFLICT DO NOTHING
        """;

    public async Task<IReadOnlyDictionary<string, double>?> ArmsAsync(Guid experimentId, CancellationToken cancellationToken)
    {
        var arms = await db.Set<Experiment>().AsNoTracking().Where(e => e.Id == experimentId).Select(e => e.Arms).SingleOrDefaultAsync(cancellationToken);
        if (arms is null)
        {
            return null;
        }

        var weights = arms.RootElement.EnumerateArray()
            .Select(arm => (Name: arm.GetProperty("name").GetString()!, Weight: arm.GetProperty("weight").GetDouble())).ToList();
        var sum = weights.Sum(arm => arm.Weight);
        return weights.ToDictionary(arm => arm.Name, arm => arm.Weight / sum);
    }

    public async Task<int> RecordAsync(Guid experimentId, IReadOnlyList<NewExposure> exposures, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new() { Value = experimentId },
                new() { Value = exposures.Select(e => e.MemberId).ToArray() },
                new() { Value = exposures.Select(e => e.Arm).ToArray() },
                new() { Value = exposures.Select(e => e.ExposedAt.UtcDateTime).ToArray() },
                new() { Value = exposures.Select(e => e.Propensity).ToArray() },
            },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
