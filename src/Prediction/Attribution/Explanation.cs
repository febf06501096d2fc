namespace Noah.Prediction.Attribution;

/// <summary>
/// How the score of one row comes about: <see cref="Baseline"/> + all contributions = <see cref="Score"/>, to the rounding of 32-bit scores
/// (1e-4).
/// </summary>
/// <param name="Baseline">Mean score of the reference rows that were met.</param>
/// <param name="Score">Of the row.</param>
/// <param name="Contributions">The features that add or take away most, the largest first, whatever its sign.</param>
/// <param name="Remainder">The sum of all other features' contributions.</param>
public sealed record Explanation(double Baseline, double Score, IReadOnlyList<FeatureContribution> Contributions, double Remainder);
