using System.Globalization;

namespace Noah.Api.Features.Models;

/// <summary>The card in sentences, for somebody who decides on mails and not on networks. Weak results are called weak.</summary>
internal static class CardSummary
{
    // Below it an order of members is hardly worth having.
    private const double UsefulAuc = 0.55;

    public static List<string> Write(CardData data, IReadOnlyList<CardResponse> responses, CardValue? value, IReadOnlyList<CardIncrement> increments, CardRefresh? refresh = null)
    {
        List<string> sentences =
        [
            refresh is null
                ? $"Learnt from {data.TrainingMembers} members of '{data.DisplayName}', drawn at random, and judged on the other {data.HeldOutMembers}, whose outcomes it never saw."
                : $"Went on from version {refresh.From} with {refresh.Members} members of '{data.DisplayName}' that it had not seen, and judged on the other {data.HeldOutMembers}, whose outcomes neither saw. Amounts and increments are still those of version {refresh.From}.",
        ];
        sentences.AddRange(responses.Select(Response));
        if (value is not null)
        {
            sentences.Add(Value(value));
        }

        sentences.AddRange(increments.Select(increment => Increment(increment, value!.Unit)));
        return sentences;
    }

    private static string Response(CardResponse response)
    {
        var scores = response.HeldOut;
        if (scores.Auc is not { } auc)
        {
            return $"{response.Outcome}: nothing to predict, as all held-out members have the same outcome.";
        }

        var order = auc < UsefulAuc ? "hardly orders members better than chance" : "orders members usefully";
        var worth = scores.LogLoss >= scores.BaseRateLogLoss
            ? "its probabilities are no better than giving everybody the average rate"
            : $"its probabilities miss the observed rates by {Percent(scores.ExpectedCalibrationError)} points on average";
        return $"{response.Outcome}: {order} (AUC {Number(auc, "0.000")}; 0.5 is chance), and {worth} (average rate {Percent(scores.BaseRate)} %).{Beside(response.Beside ?? [])}";
    }

    private static string Beside(IReadOnlyList<ShadowDifference> yardsticks)
    {
        var worse = yardsticks.Where(yardstick => yardstick.Verdict == ShadowComparison.Worse).Select(yardstick =>
            $" It is worse than {Describe(yardstick)}, by {Number(yardstick.Difference, "0.00000")} of log loss (95 % interval {Number(yardstick.Lower, "0.00000")} to {Number(yardstick.Upper, "0.00000")}).");
        return Named(ShadowComparison.Better, " It is better than") + Named(ShadowComparison.NoDifference, " No difference is shown to") + string.Concat(worse);

        string Named(string verdict, string words) => yardsticks.Where(yardstick => yardstick.Verdict == verdict).Select(Describe).ToArray() is { Length: > 0 } names
            ? $"{words} {string.Join(" and ", names)}."
            : "";
    }

    private static string Describe(ShadowDifference yardstick) => yardstick.Outcome == CardScores.BoostedTrees ? "boosted trees" : "plain logistic regression";

    private static string Value(CardValue value)
    {
        var top = value.Deciles[^1];
        var order = value.NormalizedGini is > 0 ? "better than at random" : "no better than at random";
        return $"{value.Metric}: orders members {order} (normalised Gini {(value.NormalizedGini is { } gini ? Number(gini, "0.00") : "not computable")}). "
            + $"The tenth with the highest predictions had {Money(top.MeanActual)} {value.Unit} per member, predicted {Money(top.MeanPredicted)}; everybody together {Money(value.MeanActual)}, predicted {Money(value.MeanPredicted)}.";
    }

    private static string Increment(CardIncrement increment, string unit)
    {
        var interval = $"{Money(increment.AverageEffect)} {unit} per member (95 % interval {Money(increment.AverageLower)} to {Money(increment.AverageUpper)})";
        return increment.Evidence switch
        {
            IncrementEvidence.Individual =>
                $"{increment.Action} adds {interval} on average, and members with higher increments by {UpliftLearners.Describe(increment.Learner)} do gain more: plans may choose members by it.{HeldOut(increment.HeldOut, unit)}",
            IncrementEvidence.Average =>
                $"{increment.Action} adds {interval}. Who gains more than others can't be told from these data: plans count the same increment for everybody.",
            _ => $"{increment.Action}: no increment could be shown, {interval}. Plans count none; a randomised send would settle it.",
        };
    }

    private static string HeldOut(CardUplift? heldOut, string unit) => heldOut switch
    {
        { Verdict: CardUplift.Better, Gain: { } gain } =>
            $" On the held-out members that choice beats one at random, by {Money(gain)} {unit} per member over all budgets.",
        { Verdict: CardUplift.Worse } => " On the held-out members that choice does worse than one at random: don't rely on it.",
        { Verdict: CardUplift.NoEvidence } => " On the held-out members alone there is no evidence that this choice beats one at random.",
        _ => "",
    };

    private static string Money(double amount) => Number(amount, "0.00");

    private static string Percent(double share) => Number(100 * share, "0.00");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
