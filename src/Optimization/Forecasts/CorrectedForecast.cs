namespace Noah.Optimization.Forecasts;

/// <summary>
/// A plan's forecast after correction for the winner's curse. The interval holds the expected value of choosing so among units like the
/// planned ones; by chance the planned ones themselves scatter around it, the less the more there are of them.
/// </summary>
/// <param name="Objective">Sum of the predicted values of what the plan chooses, as given, in money.</param>
/// <param name="Value">Corrected forecast in money.</param>
/// <param name="StandardError">Standard error of <paramref name="Value"/> from the held-out units, in money, ≥ 0.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end of the 95 % interval.</param>
public sealed record CorrectedForecast(double Objective, double Value, double StandardError, double Lower, double Upper);
