namespace Noah.Heuristics.Pacing;

/// <summary>Settings of <see cref="BidMultiplierController"/>.</summary>
/// <param name="Minimum">Least multiplier, ≥ 1; default 1 (bid the full value).</param>
/// <param name="Maximum">Greatest multiplier, ≥ <paramref name="Minimum"/>; default 100.</param>
/// <param name="StepSize">η, response to the relative error of the interval's spend, &gt; 0; default 0.3.</param>
/// <param name="LargestLogStep">Greatest change of ln μ in one interval, &gt; 0; default 0.15 (some 16 %).</param>
/// <param name="DeadBand">Relative errors up to this are let be, ≥ 0; default 0.02.</param>
public sealed record BidMultiplierOptions(
    double Minimum = 1, double Maximum = 100, double StepSize = 0.3, double LargestLogStep = 0.15, double DeadBand = 0.02)
{
    internal void Validate()
    {
        Require(double.IsFinite(Minimum) && Minimum >= 1, nameof(Minimum), Minimum, "finite and at least 1");
        Require(double.IsFinite(Maximum) && Maximum >= Minimum, nameof(Maximum), Maximum, "finite and at least the minimum");
        Require(double.IsFinite(StepSize) && StepSize > 0, nameof(StepSize), StepSize, "finite and above 0");
        Require(double.IsFinite(LargestLogStep) && LargestLogStep > 0, nameof(LargestLogStep), LargestLogStep, "finite and above 0");
        Require(double.IsFinite(DeadBand) && DeadBand >= 0, nameof(DeadBand), DeadBand, "finite and at least 0");
    }

    private static void Require(bool holds, string parameter, double value, string interval)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"Must be {interval}.");
        }
    }
}
