using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>The rule that fixes the headline test before any outcome is seen (Lachenbruch 2001; replicated at 10,000 runs a cell).</summary>
internal static class HeadlineChoice
{
    internal static (TestKind Test, string Reason) Of(MetricKind kind, ExpectedMovement expectation) => (kind, expectation) switch
    {
        (MetricKind.Binary, _) => (TestKind.Proportion, "A yes-or-no outcome is a comparison of two rates."),
        (MetricKind.Continuous, _) => (TestKind.Welch, "The question is about the mean, and no mass at zero distorts it."),
        (_, ExpectedMovement.Together) => (
            TestKind.ZeroTrimmedU,
            "Most values are zero and the rest is heavy-tailed; participation and amount are expected to move together, "
                + "where the zero-trimmed U test has the most power and keeps its error level in unequal arms."),
        (_, ExpectedMovement.ParticipationOnly) => (
            TestKind.MannWhitney,
            "Most values are zero and only participation is expected to move, where the tie-corrected Mann–Whitney test has the most power."),
        _ => (
            TestKind.TwoPart,
            "Most values are zero and the amount is expected to move alone or against participation, "
                + "where only the two-part test sees both."),
    };
}
