using System.Globalization;
using Noah.Api.Features.Planning.Plans;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>Says what came out, also where the plan is no better than a simple policy.</summary>
internal static class EvaluationSummary
{
    public static IReadOnlyList<string> Of(int members, int inPlan, TargetPolicy plan, IReadOnlyList<MetricEvaluation> metrics, MoneyText money)
    {
        var sentences = new List<string>
        {
            $"Judged on {MoneyText.Count(members)} randomised members whom the model had not learnt from; the plan has a decision for {MoneyText.Count(inPlan)} of them and mails {plan.MailsPerMember:0.##%}.",
        };
        foreach (var metric in metrics)
        {
            Func<double, string> say = metric.Distribution == "binary" ? Points : money.SayFine;
            var unit = metric.Distribution == "binary" ? " percentage points" : "";
            sentences.AddRange(metric.Contrasts.Where(c => c.Second is TargetPolicy.RandomAtEqualVolume or TargetPolicy.Nobody)
                .Select(contrast => Sentence(metric.Metric, contrast, say, unit)));
            if (metric.PerMail?.Headline is { } perMail)
            {
                sentences.Add($"{metric.Metric} per mail sent, over no mail: {say(perMail.Value)}{unit} (95 % interval {say(perMail.Lower)} to {say(perMail.Upper)}).");
            }
        }

        return sentences;
    }

    private static string Points(double share)
    {
        var points = Math.Round(share * 100, 3);
        return (points < 0 ? "−" : "") + Math.Abs(points).ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static string Sentence(string metric, ContrastView contrast, Func<double, string> say, string unit)
    {
        var other = contrast.Second == TargetPolicy.Nobody ? "mailing nobody" : "as many mails at random";
        if (contrast.Headline is not { } figure)
        {
            return $"{metric}: the data can't compare the plan with {other}, for lack of members who were treated so.";
        }

        var verdict = figure.Lower > 0 ? "is better than" : figure.Upper < 0 ? "is worse than" : "is not distinguishable from";
        return $"{metric}: the plan {verdict} {other}: {say(figure.Value)}{unit} per member (95 % interval {say(figure.Lower)} to {say(figure.Upper)})"
            + (contrast.Overlap == "weak" ? "; this rests on few members." : ".");
    }
}
