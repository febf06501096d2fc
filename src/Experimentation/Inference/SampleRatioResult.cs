namespace Noah.Experimentation.Inference;

/// <summary>Result of <see cref="SampleRatioMismatch"/>.</summary>
/// <param name="Verdict">What follows from p and threshold.</param>
/// <param name="ChiSquare">Pearson's statistic; null where not testable.</param>
/// <param name="DegreesOfFreedom">Number of arms minus one.</param>
/// <param name="PValue">Upper tail; null where not testable.</param>
/// <param name="Threshold">p below which the verdict is a mismatch.</param>
/// <param name="ExpectedCounts">Expected units per arm, in the order of the input.</param>
public sealed record SampleRatioResult(
    SampleRatioVerdict Verdict,
    double? ChiSquare,
    int DegreesOfFreedom,
    double? PValue,
    double Threshold,
    IReadOnlyList<double> ExpectedCounts);
