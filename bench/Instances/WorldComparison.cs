using Noah.Optimization.Forecasts;

namespace Noah.Bench.Instances;

/// <summary>The four ways in one world: models fitted on its randomised log, plans for new members, returns by the truth.</summary>
/// <param name="Plans">The four plans by their names.</param>
/// <param name="Returns">True net return of each plan, those at equal rules included, over sending nothing, $ per member.</param>
/// <param name="LpAtTruth">The same of the LP that knows the truth.</param>
/// <param name="QuotasAtTruth">The same of the ranking that knows the truth and keeps the least volumes.</param>
/// <param name="Forecast">What the predictions promise of incremental + LP, $ per member.</param>
/// <param name="Corrected">The forecast corrected on a log that fitted nothing, $ per member; null if it could not be.</param>
internal sealed record WorldComparison(
    IReadOnlyDictionary<string, SendPlan> Plans,
    IReadOnlyDictionary<string, double> Returns,
    double LpAtTruth,
    double QuotasAtTruth,
    double Forecast,
    CorrectedForecast? Corrected)
{
    // Beside the volume bands, whose caps sum to 1.2 sends a member.
    private const double BudgetShare = 0.85;

    public bool CorrectionCovers => Returns[FourWays.Best] >= Corrected?.Lower && Returns[FourWays.Best] <= Corrected.Upper;

    public static WorldComparison Of(int seed, double organic, int members, int logged)
    {
        var world = new LineWorld(seed, organic);
        var models = new LineModels(world.Log(logged));
        var planned = world.Members(members);
        var scores = models.Score(planned.Features);
        var truth = LineScores.Of(planned.Sent, planned.Unsent).Incremental;
        var plans = FourWays.Plan(scores, BudgetShare);
        var plan = plans[FourWays.Best];
        var forecast = plan.PerMember(scores.Incremental);
        Correction(models, world.Log(logged), plan).TryApply(forecast, out var corrected);
        return new WorldComparison(
            plans,
            plans.Concat(FourWays.PlanAtEqualRules(scores, BudgetShare)).ToDictionary(way => way.Key, way => way.Value.PerMember(truth)),
            SendPlan.ByLp(truth, BudgetShare).PerMember(truth),
            SendPlan.ByRanking(truth, BudgetShare, leastVolumes: true).PerMember(truth),
            forecast,
            corrected);
    }

    /// <summary>The plan's policy, argmax of score less dual prices, on rows that no model was fitted on; their outcomes tell its worth.</summary>
    private static SelectionCorrection Correction(LineModels models, LineLog heldOut, SendPlan plan)
    {
        var scores = models.Score(heldOut.Features).Incremental;
        List<double> predicted = [], independent = [];
        for (var row = 0; row < heldOut.Arms.Length; row++)
        {
            var (best, surplus) = (-1, 0.0);
            for (var line = 0; line < ProductLine.Count; line++)
            {
                var reduced = scores[row * ProductLine.Count + line] - plan.DualPrices[line] - plan.DualPrices[^1] * ProductLine.CostPerSend;
                (best, surplus) = reduced > surplus ? (line, reduced) : (best, surplus);
            }

            if (best >= 0)
            {
                predicted.Add(scores[row * ProductLine.Count + best]);
                independent.Add(heldOut.Increment(row, best));
            }
        }

        return SelectionCorrection.Fit([.. predicted], [.. independent]);
    }
}
