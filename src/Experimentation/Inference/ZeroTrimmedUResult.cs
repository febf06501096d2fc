using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Result of <see cref="ZeroTrimmedUTest"/>. Z is the weighted sum of the two components:
/// Z = <paramref name="ParticipationWeight"/>·z_B + <paramref name="AmountWeight"/>·z₊ in the pooled form.
/// </summary>
/// <param name="Status">Whether statistic and p could be computed.</param>
/// <param name="W">The centred statistic, in pairs.</param>
/// <param name="ParticipationVariance">First term of the null variance of W.</param>
/// <param name="AmountVariance">Second term of the null variance of W.</param>
/// <param name="Statistic">Z = W over its null deviation; positive when treatment tends to exceed control.</param>
/// <param name="PValue">Two-sided p by <paramref name="Source"/>.</param>
/// <param name="Source">Normal, or permutation where an arm has too few positives.</param>
/// <param name="ParticipationZ">z_B: pooled two-proportion statistic of the positive rates.</param>
/// <param name="AmountZ">z₊: tie-corrected rank-sum statistic of the positives; null when an arm has none or all are equal.</param>
/// <param name="ParticipationWeight">Weight of z_B in Z, in [0, 1].</param>
/// <param name="AmountWeight">Weight of z₊ in Z, in [0, 1]; the squares of both sum to 1.</param>
/// <param name="Superiority">P(treatment &gt; control) + ½ P(equal) in the trimmed population, in [0, 1]; ½ is no difference.</param>
/// <param name="Interval">Interval of the superiority by delta method and placement variance; null without at least two positives an arm.</param>
public sealed record ZeroTrimmedUResult(
    TestStatus Status,
    double? W,
    double? ParticipationVariance,
    double? AmountVariance,
    double? Statistic,
    double? PValue,
    PValueSource Source,
    double? ParticipationZ,
    double? AmountZ,
    double? ParticipationWeight,
    double? AmountWeight,
    double? Superiority,
    Interval? Interval);
