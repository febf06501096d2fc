using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Value;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Values all customers as of the log's reference and puts the scores in the place of those before, in one transaction.</summary>
internal sealed class LifetimeScoring(NoahDbContext db, TimeProvider clock)
{
    private const int CustomersPerInsert = 5_000;

    // Arrays instead of COPY: row-level security refuses it.
    private const string Insert =
        """
        INSERT INTO lifetime_value_scores (tenant_id, lifetime_value_id, horizon_days, member_id, mean, p10, p50, p90, buys, alive)
        SELECT noah_tenant(), $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9)
        """;

    /// <summary>The log of a day is complete when the day is over.</summary>
    public static DateTimeOffset MidnightBefore(DateTimeOffset now) => new(now.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Saves what the caller has changed together with the scores.</summary>
    /// <param name="run">Told how far it is.</param>
    /// <param name="value">Whose scores.</param>
    /// <param name="model">By what.</param>
    /// <param name="log">Up to the reference.</param>
    /// <param name="attributes">Of the model.</param>
    /// <param name="options">Of the model.</param>
    /// <param name="activation">The version that becomes active with these scores; null where the active one made them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ScoreAsync(
        OperationRun run, LifetimeValue value, LifetimeModel model, CustomerLog log, IReadOnlyList<string> attributes, LifetimeOptions options,
        LifetimeActivation? activation, CancellationToken cancellationToken)
    {
        var now = CustomerMoments.Build(log, _ => log.Reference, attributes, value.ReadSpecification().ValueEvents);
        var customers = now.MemberRows.Length;
        await run.ReportAsync("scoring", 0, customers, "customers", cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<LifetimeValueScore>().Where(score => score.LifetimeValueId == value.Id).ExecuteDeleteAsync(cancellationToken);
        for (var start = 0; start < customers; start += CustomersPerInsert)
        {
            var part = now.Select([.. Enumerable.Range(start, Math.Min(CustomersPerInsert, customers - start))]);
            var predictions = await Task.Run(() => model.Predict(part.Table), cancellationToken);
            Guid[] members = [.. part.MemberRows.Select(row => log.Members.MemberIds[row])];
            await InsertAsync(value.Id, members, predictions, options.AllHorizonDays, cancellationToken);
            await run.ReportAsync("scoring", start + members.Length, customers, "customers", cancellationToken);
        }

        value.ScoredAsOf = log.Reference;
        if (activation is not null)
        {
            await ActivateAsync(value, activation, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Saved in this order, since there may never be two active versions, not even between two statements of the transaction.
    private async Task ActivateAsync(LifetimeValue value, LifetimeActivation activation, CancellationToken cancellationToken)
    {
        if (value.VersionId is { } before)
        {
            (await db.Set<LifetimeValueVersion>().SingleAsync(version => version.Id == before, cancellationToken)).State = activation.StateOfFormer;
        }

        value.VersionId = activation.Version.Id;
        await db.SaveChangesAsync(cancellationToken);
        (activation.Version.State, activation.Version.PromotedAt) = (LifetimeVersionState.Active, clock.GetUtcNow());
    }

    private async Task InsertAsync(
        Guid valueId, Guid[] members, LifetimePrediction[] predictions, IReadOnlyList<int> horizonDays, CancellationToken cancellationToken)
    {
        var rows = new List<(int Days, Guid Member, ValuePrediction Of, double? Alive)>();
        for (var i = 0; i < members.Length; i++)
        {
            for (var h = 0; h < horizonDays.Count; h++)
            {
                if (predictions[i].Horizons[h] is { } of)
                {
                    rows.Add((horizonDays[h], members[i], of, predictions[i].ProbabilityAlive));
                }
            }
        }

        await using var command = new NpgsqlCommand(Insert, await db.OpenConnectionAsync(cancellationToken));
        command.Parameters.Add(new NpgsqlParameter { Value = valueId });
        Add(NpgsqlDbType.Integer, row => row.Days);
        Add(NpgsqlDbType.Uuid, row => row.Member);
        Add(NpgsqlDbType.Double, row => row.Of.Mean);
        Add(NpgsqlDbType.Double, row => row.Of.P10);
        Add(NpgsqlDbType.Double, row => row.Of.P50);
        Add(NpgsqlDbType.Double, row => row.Of.P90);
        Add(NpgsqlDbType.Double, row => row.Of.PositiveProbability);
        Add(NpgsqlDbType.Double, row => row.Alive);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<(int Days, Guid Member, ValuePrediction Of, double? Alive), T> column) =>
            command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}

/// <summary>A version that becomes active, and what becomes of the one that was.</summary>
internal sealed record LifetimeActivation(LifetimeValueVersion Version, LifetimeVersionState StateOfFormer = LifetimeVersionState.Retired);
