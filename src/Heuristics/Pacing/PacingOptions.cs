namespace Noah.Heuristics.Pacing;

/// <summary>Settings of <see cref="PacingController"/>.</summary>
/// <param name="MinimumSpend">Least planned spend of a round, in money, ≥ 0; default 0.</param>
/// <param name="MaximumSpend">Greatest planned spend of a round, in money, ≥ <paramref name="MinimumSpend"/>; null, the default, for
/// none.</param>
/// <param name="Gain">κ, share of the cumulative error to make good in the next round, in (0, 1]; default 0.5; 1 in the last round.</param>
/// <param name="RatioSmoothing">α, weight of the newest realisation ratio in its moving average, in (0, 1]; default 0.3.</param>
/// <param name="DeadBand">Errors of up to this share of the budget are let be, in [0, 1); default 0.002, so that noise does not move the
/// plan.</param>
/// <param name="SmallestRatio">ε, floor of the realisation ratio when dividing by it, in (0, 1]; default 0.1.</param>
public sealed record PacingOptions(
    double MinimumSpend = 0,
    double? MaximumSpend = null,
    double Gain = 0.5,
    double RatioSmoothing = 0.3,
    double DeadBand = 0.002,
    double SmallestRatio = 0.1)
{
    internal void Validate()
    {
        Require(double.IsFinite(MinimumSpend) && MinimumSpend >= 0, nameof(MinimumSpend), MinimumSpend, "finite and at least 0");
        Require(MaximumSpend is not { } most || (double.IsFinite(most) && most >= MinimumSpend), nameof(MaximumSpend), MaximumSpend, "finite and at least the minimum");
        Require(Gain > 0 && Gain <= 1, nameof(Gain), Gain, "in (0, 1]");
        Require(RatioSmoothing > 0 && RatioSmoothing <= 1, nameof(RatioSmoothing), RatioSmoothing, "in (0, 1]");
        Require(DeadBand >= 0 && DeadBand < 1, nameof(DeadBand), DeadBand, "in [0, 1)");
        Require(SmallestRatio > 0 && SmallestRatio <= 1, nameof(SmallestRatio), SmallestRatio, "in (0, 1]");
    }

    private static void Require(bool holds, string parameter, object? value, string interval)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"Must be {interval}.");
        }
    }
}
