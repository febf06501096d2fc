using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Sequential;

/// <summary>Result of <see cref="SequentialSampleRatio"/>.</summary>
/// <param name="Verdict">Mismatch where p is at or below the threshold.</param>
/// <param name="LogEvidence">Natural logarithm of the evidence ratio; of the strongest day where days were followed.</param>
/// <param name="PValue">1 / evidence, at most 1; valid at any look.</param>
/// <param name="Threshold">p at or below which the verdict is a mismatch.</param>
/// <param name="Onset">First day, counted from 0, with a mismatch; null without one or where no days were given.</param>
public sealed record SequentialSampleRatioResult(SampleRatioVerdict Verdict, double LogEvidence, double PValue, double Threshold, int? Onset);
