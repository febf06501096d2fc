using System.Globalization;
using Noah.Prediction.Labels;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>What a card is written from.</summary>
internal sealed record LifetimeCardInputs(
    LifetimeFit Fit,
    CustomerLog Log,
    CustomerMoments Moments,
    LifetimeWindows Windows,
    string Currency,
    int Training,
    float[] JudgedAmounts,
    int NegativeValues,
    LeakageReport Leakage,
    IReadOnlyList<string> LeftOut);

/// <summary>Writes up a training, for somebody who decides on customers and not on networks.</summary>
internal static class LifetimeCardWriter
{
    public static LifetimeCard Write(LifetimeCardInputs inputs)
    {
        var (fit, log, windows) = (inputs.Fit, inputs.Log, inputs.Windows);
        LifetimeCardCompetitor[] competitors = [.. fit.Competitors.Select(Of)];
        LifetimeCardHorizon[] horizons =
        [
            .. windows.KnownDays.Concat(windows.LaterDays).Order().Select(days => new LifetimeCardHorizon(
                days, windows.LaterDays.Contains(days), inputs.Moments.Moments.Average(moment => moment.AddDays(days) <= log.Reference ? 1.0 : 0))),
        ];
        var leakage = new LifetimeCardLeakage(
            Name(inputs.Leakage.Status), inputs.Leakage.Findings.Count(f => f.Test == LeakageTest.SourceTimes),
            inputs.Leakage.Findings.Count(f => f.Test == LeakageTest.AloneAuc), inputs.LeftOut);
        var data = new LifetimeCardData(
            inputs.Currency, log.Reference, windows.Design.Earliest, windows.Design.Latest, inputs.Moments.MemberRows.Length, inputs.Training, inputs.JudgedAmounts.Length,
            log.Members.Count, log.HistoryDays, CustomerMoments.FeatureDays, log.Kinds, inputs.Moments.Attributes, inputs.NegativeValues);
        var method = Name(fit.Model!.Method);
        var spread = LifetimeCardSpread.Of(windows.KnownDays[^1], inputs.JudgedAmounts);
        return new LifetimeCard(
            [.. Summarize(method, fit, competitors, horizons, data, leakage), spread.Sentence(data.Currency)],
            data,
            method,
            Name(fit.Reason!.Value),
            windows.KnownDays[^1],
            competitors,
            horizons,
            leakage,
            PurchaseModel(fit),
            fit is { GiniDifference: { } difference, GiniDifferenceLower: { } lower, GiniDifferenceUpper: { } upper }
                ? new LifetimeCardInterval(difference, lower, upper)
                : null,
            fit.PastSpendGini,
            spread);
    }

    public static string Name<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant($"{value}"[0]) + $"{value}"[1..];

    public static string Words(string method) => method == "network" ? "the value network" : "BG/NBD with gamma-gamma (purchases alone)";

    private static LifetimeCardCompetitor Of(LifetimeCompetitor competitor) => new(
        Name(competitor.Method),
        competitor.DecileError,
        competitor.Metrics.MeanPredicted,
        competitor.Metrics.MeanActual,
        [.. competitor.Metrics.Deciles.Select(decile => new LifetimeCardDecile(decile.Decile, decile.Rows, decile.MeanPredicted, decile.MeanActual))],
        competitor.Metrics.NormalizedGini,
        competitor.Metrics.Spearman,
        competitor.Metrics.DecileMape);

    private static string PurchaseModel(LifetimeFit fit) => (fit.Purchases, fit.Spend) switch
    {
        (EstimationStatus.Estimated or EstimationStatus.NoDropOut or EstimationStatus.AlikeDropOut, EstimationStatus.Estimated) when fit.Competitors.Count < 2 =>
            "amountsTooHeavyTailed",
        (EstimationStatus.Estimated, EstimationStatus.Estimated) => "estimated",
        (EstimationStatus.NoDropOut, EstimationStatus.Estimated) => "noDropOut",
        (EstimationStatus.AlikeDropOut, EstimationStatus.Estimated) => "alikeDropOut",
        (EstimationStatus.TooFewRepeaters, _) or (_, EstimationStatus.TooFewRepeaters) => "tooFewRepeaters",
        _ => "notConverged",
    };

    private static List<string> Summarize(
        string method, LifetimeFit fit, LifetimeCardCompetitor[] competitors, LifetimeCardHorizon[] horizons, LifetimeCardData data, LifetimeCardLeakage leakage)
    {
        var chosen = competitors.Single(competitor => competitor.Method == method);
        var days = horizons.Last(horizon => !horizon.Extrapolated).Days;
        List<string> sentences =
        [
            $"Looked at {data.Snapshots} customers, each on a day of their own between {Day(data.FirstSnapshot)} and {Day(data.LastSnapshot)}, and at what they brought in the {days} days after it; learnt from {data.TrainingCustomers} of them, judged on the other {data.HeldOutCustomers}.",
            Choice(method, fit),
            $"The tenth valued highest brought {Money(chosen.Deciles[^1].MeanActual)} {data.Currency} each, predicted {Money(chosen.Deciles[^1].MeanPredicted)}; all together brought {Money(chosen.MeanActual)} each, predicted {Money(chosen.MeanPredicted)}. Over ten groups predictions miss by {Percent(chosen.DecileError)} of the total.",
        ];
        if (chosen.NormalizedGini is not { } gini || gini <= (fit.PastSpendGini ?? 0))
        {
            sentences.Add("Ranking customers by their spend so far, the first purchase aside, would have been as good or better: take the amounts as forecasts, and not as a better order.");
        }

        if (fit.Competitors.Count > 1 && fit.Purchases == EstimationStatus.NoDropOut)
        {
            sentences.Add("The log does not tell customers who leave for good from those who pause: the model of purchases counts all as customers still (NBD).");
        }

        sentences.AddRange(horizons.Where(horizon => horizon.Extrapolated).Select(horizon => horizon switch
        {
            _ when fit.Competitors.Count < 2 => $"{horizon.Days} days can't be told: the log is too short, and the model of purchases could not be estimated to stretch by.",
            _ => $"{horizon.Days} days is longer than the log allows to check: it is the value over {days} days times the ratio that the model of purchases gives for each customer.",
        }));
        sentences.AddRange(leakage.LeftOut.Select(name => $"The attribute '{name}' was left out: it tells the outcome by itself, as only a value from after it can."));
        if (data.Attributes.Count > 0)
        {
            sentences.Add("Attributes are read as they are today, as they have no history: one that changes with purchases flatters these figures.");
        }

        return sentences;
    }

    private static string Choice(string method, LifetimeFit fit) => fit.Reason switch
    {
        LifetimeReason.RanksBetter =>
            $"Values come from {Words(method)}: it orders the customers kept back better (normalised Gini of the network less that of purchases {Number(fit.GiniDifference)}, 95 % interval {Number(fit.GiniDifferenceLower)} to {Number(fit.GiniDifferenceUpper)}).",
        LifetimeReason.CalibratedBetter =>
            $"Values come from {Words(method)}: the two ways order the customers kept back alike (difference of normalised Gini {Number(fit.GiniDifference)}, 95 % interval {Number(fit.GiniDifferenceLower)} to {Number(fit.GiniDifferenceUpper)}), and its amounts come closer.",
        _ => $"Values come from {Words(method)}: the model of purchases could not be estimated.",
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Money(double amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } known ? (100 * known).ToString("0", CultureInfo.InvariantCulture) + " %" : "an unknown part";

    private static string Number(double? value) => value is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture).Replace('-', '−') : "unknown";
}
