using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments;

/// <summary>From members' values to the samples that the engine compares.</summary>
internal static class ExperimentInputs
{
    public static ExperimentInput Build(Experiment experiment, ExperimentData data, string currency)
    {
        var arms = experiment.ReadArms();
        var sizes = data.ArmIndex.CountBy(arm => arm).ToDictionary();
        return new ExperimentInput(
            [.. arms.Select((arm, index) => new ArmInput(arm.Name, arm.Weight, sizes.GetValueOrDefault(index), arm.Control))],
            [.. experiment.ReadMetrics().Zip(data.Metrics, (design, metric) => Metric(design, metric.Values, data.ArmIndex, arms.Count, currency))]);
    }

    private static MetricInput Metric(MetricDesign design, double[] values, int[] armOf, int arms, string currency)
    {
        if (design.ToKind() == MetricKind.ZeroInflated && values.Any(value => value < 0))
        {
            throw new ProblemException(
                ProblemType.NotReady, $"The metric '{design.Name}' has members with a negative total: declare it as continuous in a new experiment.");
        }

        var perArm = Enumerable.Range(0, arms).Select(arm => values.Where((_, unit) => armOf[unit] == arm).ToArray());
        return new MetricInput(
            design.Name,
            design.ToKind(),
            [.. perArm.Select(of => Sample(design.ToKind(), of))],
            design.Aggregation == MetricDefinition.SumAmount ? currency : null);
    }

    private static MetricSample Sample(MetricKind kind, double[] values) => kind switch
    {
        MetricKind.Binary => new BinarySample(values.Length, values.Count(value => value > 0)),
        MetricKind.Continuous => ContinuousSample.FromValues(values),
        _ => ZeroInflatedSample.FromValues(values),
    };
}
