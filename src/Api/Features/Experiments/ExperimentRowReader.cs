using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Experiments;

/// <summary>Streams exposures joined with attributes and outcomes out of PostgreSQL by binary COPY.</summary>
internal sealed class ExperimentRowReader(NoahDbContext db, IMemberSchema schema, ITenantSettings settings, TenantScopes scopes) : IExperimentRows
{
    private const int BatchRows = 8_192;

    public Task<long> CountAsync(Guid experimentId, CancellationToken cancellationToken) =>
        db.Set<Exposure>().LongCountAsync(exposure => exposure.ExperimentId == experimentId, cancellationToken);

    public async IAsyncEnumerable<ExperimentRows> ReadAsync(Guid experimentId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = await db.Set<Exposure>().Where(exposure => exposure.ExperimentId == experimentId)
            .MinAsync(exposure => (DateTimeOffset?)exposure.ExposedAt, cancellationToken);
        if (first is not { } start || await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == experimentId, cancellationToken) is not { } experiment)
        {
            yield break;
        }

        var tenant = await settings.GetAsync(cancellationToken);
        var attributes = await schema.ReadAsync(cancellationToken);
        var metrics = experiment.ReadMetrics();
        OutcomeSource[] sources = [.. metrics.Select(metric => metric.Source).Distinct()];
        // A COPY occupies its connection until its last row, and whoever takes the rows wants to tell the database how far it is.
        await using var scope = scopes.Open(tenant.TenantId);
        var connection = await scope.ServiceProvider.GetRequiredService<NoahDbContext>().OpenConnectionAsync(cancellationToken);
        // Where statistics are old the planner takes each side for a handful of rows and would aggregate the events anew for every member.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var planner = new NpgsqlCommand("SET LOCAL enable_nestloop = off", connection, transaction))
        {
            // The COPY inherits it: of millions of rows the first comes when all are sorted, and whoever waits can cancel.
            planner.CommandTimeout = 0;
            await planner.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var export = await connection.BeginBinaryExportAsync(Copy(experiment, start, sources), cancellationToken);
        var batch = new Batch(experiment, metrics, sources, attributes.Values, tenant.TimeZone);
        var ended = false;
        try
        {
            while (await export.StartRowAsync(cancellationToken) >= 0)
            {
                await batch.AddAsync(export, cancellationToken);
                if (batch.Rows == BatchRows)
                {
                    yield return batch.Take();
                }
            }

            ended = true;
        }
        finally
        {
            if (!ended)
            {
                // Whoever took the rows has given up: the rest need not be sent.
                await export.CancelAsync();
            }
        }

        if (batch.Rows > 0)
        {
            yield return batch.Take();
        }
    }

    /// <summary>
    /// COPY takes no parameters. Each member's own window begins at the exposure; the earliest start and the end of all are given once more by
    /// themselves, as they prune the partitions of events, which a join can't.
    /// </summary>
    private static string Copy(Experiment experiment, DateTimeOffset start, OutcomeSource[] sources)
    {
        var id = Literal(experiment.Id.ToString());
        var outcomes = sources.Select((source, index) => string.Create(CultureInfo.InvariantCulture, $"""
             LEFT JOIN (
                SELECT e.member_id, count(*) AS events, coalesce(sum(e.amount), 0) AS amount
                FROM exposures y JOIN events e ON e.member_id = y.member_id AND e.occurred_at >= y.exposed_at
                WHERE y.experiment_id = {id} AND e.type = {Literal(source.EventType)} AND e.occurred_at >= {Literal(start)} AND e.occurred_at < {Literal(experiment.EndedAt)}{Window(source)}
                GROUP BY e.member_id) o{index} ON o{index}.member_id = x.member_id
            """));
        var columns = sources.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $", coalesce(o{index}.events, 0), coalesce(o{index}.amount, 0)"));
        return $"""
            COPY (SELECT x.member_id, x.arm, x.propensity, m.time_zone, m.attributes::text{string.Concat(columns)}
            FROM exposures x JOIN members m ON m.id = x.member_id{string.Concat(outcomes)}
            WHERE x.experiment_id = {id} ORDER BY x.member_id) TO STDOUT (FORMAT BINARY)
            """;
    }

    private static string Window(OutcomeSource source) => source.WindowDays is { } days
        ? string.Create(CultureInfo.InvariantCulture, $" AND e.occurred_at < y.exposed_at + interval '{24 * days} hours'")
        : "";

    private static string Literal(DateTimeOffset at) => Literal(at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private sealed class Batch(Experiment experiment, IReadOnlyList<MetricDesign> metrics, OutcomeSource[] sources, IEnumerable<AttributeSpec> attributes, string timeZone)
    {
        private readonly string[] _arms = [.. experiment.ReadArms().Select(arm => arm.Name)];
        private readonly MemberTableBuilder _members = new(attributes, timeZone);
        private readonly List<int> _taken = [];
        private readonly List<double> _propensities = [];
        private readonly List<double>[] _outcomes = [.. metrics.Select(_ => new List<double>())];
        private readonly (long Events, decimal Amount)[] _seen = new (long, decimal)[sources.Length];

        public int Rows => _taken.Count;

        public async Task AddAsync(NpgsqlBinaryExporter export, CancellationToken cancellationToken)
        {
            var member = await export.ReadAsync<Guid>(cancellationToken);
            _taken.Add(Array.IndexOf(_arms, await export.ReadAsync<string>(cancellationToken)));
            _propensities.Add(await export.ReadAsync<double>(cancellationToken));
            string? zone = null;
            if (export.IsNull)
            {
                await export.SkipAsync(cancellationToken);
            }
            else
            {
                zone = await export.ReadAsync<string>(cancellationToken);
            }

            _members.Add(member, zone, await export.ReadAsync<string>(cancellationToken));
            for (var source = 0; source < _seen.Length; source++)
            {
                _seen[source] = (await export.ReadAsync<long>(cancellationToken), await export.ReadAsync<decimal>(cancellationToken));
            }

            for (var index = 0; index < metrics.Count; index++)
            {
                var (events, amount) = _seen[Array.IndexOf(sources, metrics[index].Source)];
                _outcomes[index].Add(ExperimentDataReader.Value(metrics[index], events, amount));
            }
        }

        public ExperimentRows Take()
        {
            var rows = new ExperimentRows(
                _members.Take(),
                [.. _taken],
                [.. _propensities],
                metrics.Index().ToDictionary(metric => metric.Item.Name, metric => _outcomes[metric.Index].ToArray(), StringComparer.Ordinal));
            _taken.Clear();
            _propensities.Clear();
            Array.ForEach(_outcomes, outcome => outcome.Clear());
            return rows;
        }
    }
}
