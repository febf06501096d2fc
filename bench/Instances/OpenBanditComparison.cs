using Noah.Prediction.Baselines;

namespace Noah.Bench.Instances;

/// <summary>The four ways on the Open Bandit log: plans for rows that their models did not see, valued off-policy on those rows.</summary>
/// <param name="Estimates">Off-policy estimates of each way's plan.</param>
/// <param name="Volumes">Shares of the rows planned each line.</param>
/// <param name="WorstViolation">Largest relative violation of a bound in any fold.</param>
/// <param name="Clicks">Clicks in the log that values.</param>
internal sealed record OpenBanditComparison(
    IReadOnlyDictionary<string, IncrementalEstimate> Estimates,
    IReadOnlyDictionary<string, double[]> Volumes,
    IReadOnlyDictionary<string, double> WorstViolation,
    int Clicks)
{
    // Some forty clicks for five arms and some thirty names: a strong ridge, chosen beforehand.
    private const double Ridge = 10;

    /// <summary>Every fold of a log is planned and valued with models of its other folds.</summary>
    public static OpenBanditComparison CrossFitted(OpenBanditLog log, int folds, int seed)
    {
        var order = Enumerable.Range(0, log.Arms.Length).ToArray();
        new Random(seed).Shuffle(order);
        return Of(log, [.. Enumerable.Range(0, folds).Select(fold =>
        {
            int[] held = [.. order.Where((_, i) => i % folds == fold)], fitted = [.. order.Where((_, i) => i % folds != fold)];
            return (held, Fit(log, fitted));
        })]);
    }

    /// <summary>All rows of a log are planned and valued with models of another log.</summary>
    public static OpenBanditComparison Across(OpenBanditLog fitted, OpenBanditLog valued) =>
        Of(valued, [([.. Enumerable.Range(0, valued.Arms.Length)], Fit(fitted, [.. Enumerable.Range(0, fitted.Arms.Length)]))]);

    private static OpenBanditComparison Of(OpenBanditLog log, IReadOnlyList<(int[] Rows, LogisticBaseline Model)> folds)
    {
        var predicted = new double[log.Arms.Length * OpenBanditLog.ArmCount];
        var sends = FourWays.Names.ToDictionary(way => way, _ => new double[log.Arms.Length * ProductLine.Count]);
        var violation = FourWays.Names.ToDictionary(way => way, _ => 0.0);
        foreach (var (rows, model) in folds)
        {
            var arms = Enumerable.Range(0, OpenBanditLog.ArmCount).Select(arm => Predict(log, rows, model, arm)).ToArray();
            var ways = FourWays.Plan(
                LineScores.Of(Cells(rows.Length, (row, line) => arms[line + 1][row]), Cells(rows.Length, (row, _) => arms[0][row])), budgetShare: null);
            foreach (var (at, row) in rows.Index())
            {
                for (var arm = 0; arm < OpenBanditLog.ArmCount; arm++)
                {
                    predicted[row * OpenBanditLog.ArmCount + arm] = arms[arm][at];
                }

                foreach (var (way, plan) in ways)
                {
                    plan.Probabilities.AsSpan(at * ProductLine.Count, ProductLine.Count).CopyTo(sends[way].AsSpan(row * ProductLine.Count));
                }
            }

            foreach (var (way, plan) in ways)
            {
                violation[way] = Math.Max(violation[way], plan.WorstViolation);
            }
        }

        return new OpenBanditComparison(
            sends.ToDictionary(way => way.Key, way => IncrementalEstimate.Of(log, way.Value, predicted)),
            sends.ToDictionary(way => way.Key, way => new SendPlan(way.Value, [], 0).Volumes()),
            violation,
            log.Clicks.Count(clicked => clicked));
    }

    private static LogisticBaseline Fit(OpenBanditLog log, int[] rows) => LogisticBaseline.Train(
        log.Features.Select(rows),
        Array.ConvertAll(rows, row => log.Arms[row]),
        Array.ConvertAll(rows, row => log.Clicks[row] ? 1f : 0f),
        OpenBanditLog.ArmCount,
        Ridge);

    private static float[] Predict(OpenBanditLog log, int[] rows, LogisticBaseline model, int arm) =>
        model.Predict(log.Features.Select(rows), [.. Enumerable.Repeat(arm, rows.Length)]);

    private static double[] Cells(int rows, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, rows * ProductLine.Count).Select(cell => value(cell / ProductLine.Count, cell % ProductLine.Count))];
}
