using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Adjustment;

/// <summary>Result of <see cref="CupedTest"/>.</summary>
/// <param name="Adjusted">Test of the adjusted means.</param>
/// <param name="Slope">θ, in outcome units a covariate unit; 0 where the covariate does not vary.</param>
/// <param name="VarianceReduction">Share of the variance of the difference that the covariate removes; null where nothing could be computed.</param>
public sealed record CupedResult(WelchResult Adjusted, double Slope, double? VarianceReduction);
