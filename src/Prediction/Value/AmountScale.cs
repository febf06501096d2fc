namespace Noah.Prediction.Value;

/// <summary>What the first training's amounts say of all that come later.</summary>
/// <param name="MaxMu">Bound on the logarithm of a component's median.</param>
/// <param name="LossUnit">The loss of one distribution for all: losses are told in it, and curvatures are kept in it.</param>
internal readonly record struct AmountScale(double MaxMu, double LossUnit);
