namespace Noah.Prediction.Uplift;

/// <summary>The mean effect over the training rows, by the mean of doubly robust scores (AIPW; Robins, Rotnitzky and Zhao 1994).</summary>
/// <param name="Estimate">In units of the outcome.</param>
/// <param name="StandardError">Of the mean of the scores, which are its influence function.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
public sealed record AverageEffect(double Estimate, double StandardError, double Lower, double Upper);
