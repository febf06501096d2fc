using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Result of <see cref="GeneralizedU"/>.</summary>
/// <param name="Status">Whether the effect could be computed.</param>
/// <param name="Superiority">δ = P(Y¹ &gt; Y⁰) + ½ P(equal) of two units drawn at random, one treated and one not, in (0, 1) but for noise; ½ is no
/// effect.</param>
/// <param name="StandardError">Error of δ by its influence function, estimation of both models included.</param>
/// <param name="Statistic">(δ − ½) over its error.</param>
/// <param name="PValue">Two-sided, normal.</param>
/// <param name="Interval">Interval of δ, on the logit scale where δ is in (0, 1).</param>
/// <param name="Pairs">Pairs of units used.</param>
/// <param name="Trimmed">Units whose propensity was set to its bound.</param>
public sealed record GeneralizedUResult(
    TestStatus Status,
    double? Superiority,
    double? StandardError,
    double? Statistic,
    double? PValue,
    Interval? Interval,
    long Pairs,
    int Trimmed);
