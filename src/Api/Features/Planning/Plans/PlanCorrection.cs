using Noah.Api.Features.Planning.Stages;
using Noah.Optimization.Forecasts;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>
/// Corrects the forecast for the winner's curse: a plan picks those with the highest predictions, and with them the errors. What the picked among the
/// held-out members really did tells by how much.
/// </summary>
internal static class PlanCorrection
{
    public const string Corrected = "corrected";
    public const string TooImprecise = "tooImprecise";
    public const string TooFewMembers = "tooFewMembers";
    public const string NothingPredicted = "nothingPredicted";

    /// <summary>A factor that is not known to a quarter would replace a forecast by something less certain.</summary>
    private const double LargestError = 0.25;

    /// <returns>Null for runs that were solved before held-out members were kept.</returns>
    public static CorrectionView? Of(StageOutputs stages, Forecast totals, MoneyText money)
    {
        if (stages.Scores.HeldOut is not { } heldOut)
        {
            return null;
        }

        var (predicted, independent) = Judge(stages, heldOut);
        var correction = SelectionCorrection.Fit(predicted, independent);
        var contribution = Enumerable.Range(0, stages.Allocation.Choices.Length).Where(m => Picks(stages, m)).Sum(m => Contribution(stages, m));

        // Costs are known, and what was drawn at random was not picked: neither needs a correction.
        var rest = (double)totals.IncrementalValue.Expected.Amount - contribution;
        correction.TryApply(contribution, out var picked);
        var status = correction.Status switch
        {
            SelectionCorrectionStatus.TooFewChosen => TooFewMembers,
            SelectionCorrectionStatus.PredictedSumNotPositive => NothingPredicted,
            _ => correction.FactorStandardError > LargestError ? TooImprecise : Corrected,
        };
        return new CorrectionView(
            status, correction.Units, Round(correction.Factor), Round(correction.FactorStandardError),
            picked is null ? null : new Estimate(money.Of(rest + picked.Value), money.Of(rest + picked.Lower), money.Of(rest + picked.Upper)));
    }

    private static (double[] Predicted, double[] Independent) Judge(StageOutputs stages, HeldOutSpend heldOut)
    {
        var (predicted, independent, width) = (new List<double>(), new List<double>(), stages.Eligibility.Campaigns.Length);
        for (var j = 0; j < heldOut.Members.Length; j++)
        {
            var m = heldOut.Members[j];
            if (Picks(stages, m))
            {
                var c = stages.Allocation.Choices[m];
                predicted.Add(Contribution(stages, m));
                independent.Add(stages.Eligibility.Campaigns[c].MarginRate * heldOut.Increments[(j * width) + c]);
            }
        }

        return ([.. predicted], [.. independent]);
    }

    private static bool Picks(StageOutputs stages, int member) =>
        stages.Allocation.Choices[member] != AllocationOutput.NoSend && stages.Allocation.Explored[member] == 0;

    /// <summary>Predicted for what the plan chose, before its cost.</summary>
    private static double Contribution(StageOutputs stages, int member)
    {
        var c = stages.Allocation.Choices[member];
        return stages.Eligibility.Campaigns[c].MarginRate * stages.Scores.Increments[(member * stages.Eligibility.Campaigns.Length) + c];
    }

    private static double? Round(double? figure) => figure is { } value ? Math.Round(value, 4) : null;
}
