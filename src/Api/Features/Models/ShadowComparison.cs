namespace Noah.Api.Features.Models;

/// <summary>A new version beside the active one, on the same members, which neither has learnt from.</summary>
/// <param name="Against">Number of the version that was active.</param>
/// <param name="Members">Held-out members.</param>
/// <param name="Verdict"><c>better</c> or <c>worse</c> where any interval says so and none the opposite, <c>mixed</c> where they disagree, else <c>noDifference</c>.</param>
/// <param name="Responses">Per outcome, difference of the mean log loss: negative is better.</param>
/// <param name="Value">Difference of the normalised Gini of amounts: positive is better.</param>
internal sealed record ShadowComparison(
    int Against, int Members, string Verdict, IReadOnlyList<ShadowDifference> Responses, ShadowDifference? Value = null)
{
    public const string Better = "better";
    public const string Worse = "worse";
    public const string Mixed = "mixed";
    public const string NoDifference = "noDifference";

    public static ShadowComparison Of(int against, int members, IReadOnlyList<ShadowDifference> responses, ShadowDifference? value)
    {
        var verdicts = responses.Append(value).OfType<ShadowDifference>().Select(difference => difference.Verdict).ToHashSet(StringComparer.Ordinal);
        var verdict = verdicts.Contains(Better) ? verdicts.Contains(Worse) ? Mixed : Better : verdicts.Contains(Worse) ? Worse : NoDifference;
        return new ShadowComparison(against, members, verdict, responses, value);
    }
}

/// <summary>New minus active, paired by member.</summary>
/// <param name="Outcome">Name of the metric.</param>
/// <param name="Difference">Estimate.</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end of its 95 % interval.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c> or <c>noDifference</c>.</param>
internal sealed record ShadowDifference(string Outcome, double Difference, double Lower, double Upper, string Verdict)
{
    public static ShadowDifference Of(string outcome, double difference, double lower, double upper, bool lessIsBetter) => new(
        outcome,
        difference,
        lower,
        upper,
        (lessIsBetter ? upper < 0 : lower > 0) ? ShadowComparison.Better : (lessIsBetter ? lower > 0 : upper < 0) ? ShadowComparison.Worse : ShadowComparison.NoDifference);
}
