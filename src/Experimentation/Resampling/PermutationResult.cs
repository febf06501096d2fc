using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Resampling;

/// <summary>Result of <see cref="PermutationTest"/>.</summary>
/// <param name="Status">Whether p could be computed.</param>
/// <param name="Difference">Mean of treatment minus mean of control; null when an arm is empty.</param>
/// <param name="PValue">Two-sided p.</param>
/// <param name="Splits">Splits counted or drawn.</param>
/// <param name="Exact">Whether these were all.</param>
public sealed record PermutationResult(TestStatus Status, double? Difference, double? PValue, long Splits, bool Exact);
