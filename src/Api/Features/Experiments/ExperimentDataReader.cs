using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>Joins exposures with what members did between their exposure and the end of the outcome window.</summary>
internal sealed class ExperimentDataReader(NoahDbContext db, IEventHistory events) : IExperimentData
{
    private sealed record Unit(Guid MemberId, string Arm, DateTimeOffset ExposedAt, double Propensity);

    public async Task<ExperimentData?> ReadAsync(Guid experimentId, CancellationToken cancellationToken)
    {
        var experiment = await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == experimentId, cancellationToken);
        if (experiment is null)
        {
            return null;
        }

        var units = await db.Set<Exposure>().AsNoTracking().Where(e => e.ExperimentId == experimentId).OrderBy(e => e.MemberId)
            .Select(e => new Unit(e.MemberId, e.Arm, e.ExposedAt, e.Propensity)).ToListAsync(cancellationToken);
        string[] arms = [.. experiment.ReadArms().Select(arm => arm.Name)];
        var designs = experiment.ReadMetrics();
        var outcomes = new Dictionary<OutcomeSource, MemberOutcome[]>();
        foreach (var design in designs.DistinctBy(design => design.Source))
        {
            outcomes[design.Source] = await OutcomesAsync(design, units, experiment.EndedAt, cancellationToken);
        }

        return new ExperimentData(
            experiment.Id,
            experiment.Name,
            arms,
            [.. units.Select(unit => unit.MemberId)],
            [.. units.Select(unit => Array.IndexOf(arms, unit.Arm))],
            [.. units.Select(unit => unit.ExposedAt)],
            [.. units.Select(unit => unit.Propensity)],
            [.. designs.Select(design => new MetricData(
                design.Name, design.Distribution, design.EventType, [.. outcomes[design.Source].Select(outcome => Value(design, outcome.Count, outcome.Amount))]))]);
    }

    /// <summary>Each unit's own window begins at its exposure.</summary>
    private async Task<MemberOutcome[]> OutcomesAsync(MetricDesign design, List<Unit> units, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var seen = await events.OutcomesBetweenAsync(
            design.EventType,
            [.. units.Select(unit => unit.MemberId)],
            [.. units.Select(unit => unit.ExposedAt)],
            [.. units.Select(unit => design.ClosesAt(unit.ExposedAt, end))],
            cancellationToken);
        return [.. units.Select(unit => seen.GetValueOrDefault(unit.MemberId))];
    }

    /// <summary>The metric of a member with so many events, of so much in sum.</summary>
    public static double Value(MetricDesign design, long events, decimal amount) => design.Aggregation switch
    {
        MetricDefinition.Any => events > 0 ? 1 : 0,
        MetricDefinition.Count => events,
        _ => (double)amount,
    };
}
