namespace Noah.Experimentation.Inference;

/// <summary>Result of <see cref="TwoPartTest"/>: the joint test and the two parts of which a zero-inflated effect consists.</summary>
/// <param name="Status">Whether the joint test could be computed.</param>
/// <param name="ChiSquare">z_B² + z₊².</param>
/// <param name="DegreesOfFreedom">2; 1 when only one part can be computed.</param>
/// <param name="PValue">Upper tail of chi-square, or of permutations by <paramref name="Source"/>.</param>
/// <param name="Participation">Difference of the positive rates with interval and p.</param>
/// <param name="Amount">Difference of the mean amounts among positives, with Welch interval and p.</param>
/// <param name="AmountRanks">Rank comparison of the amounts among positives; its statistic is z₊.</param>
/// <param name="Source">Normal (chi-square), or permutation where an arm has too few positives.</param>
public sealed record TwoPartResult(
    TestStatus Status,
    double? ChiSquare,
    int? DegreesOfFreedom,
    double? PValue,
    ProportionResult Participation,
    WelchResult Amount,
    MannWhitneyResult AmountRanks,
    PValueSource Source = PValueSource.Normal);
