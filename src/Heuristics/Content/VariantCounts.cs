namespace Noah.Heuristics.Content;

/// <summary>What is known of one content variant.</summary>
/// <param name="Trials">Sends whose outcome has matured, ≥ 0; fractional after forgetting.</param>
/// <param name="Successes">Of these the successes (clicks, conversions), in [0, Trials].</param>
public readonly record struct VariantCounts(double Trials, double Successes);
