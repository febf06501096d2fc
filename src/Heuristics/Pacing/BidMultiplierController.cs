namespace Noah.Heuristics.Pacing;

/// <summary>
/// Moves the budget multiplier μ of a value-based bid so that the spend of each interval meets its target (noah.md §4.1):
/// <c>μ ← μ · exp(clip(η · (spend / target − 1)))</c> with a dead band and limits. Overspending raises μ and lowers the bids. Pure.
/// </summary>
/// <param name="options">Settings; null for the defaults.</param>
public sealed class BidMultiplierController(BidMultiplierOptions? options = null)
{
    private readonly BidMultiplierOptions _options = options ?? new BidMultiplierOptions();

    /// <summary>The multiplier of the next interval.</summary>
    /// <param name="multiplier">μ of this interval, ≥ 1.</param>
    /// <param name="spend">Spend of this interval in money, ≥ 0.</param>
    /// <param name="target">
    /// What it should have been, ≥ 0: most simply the budget left at its start over the intervals left. 0 means that nothing should be
    /// spent and moves μ up by the largest step.
    /// </param>
    /// <returns>μ of the next interval, within its limits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument or option is outside its interval.</exception>
    public double Next(double multiplier, double spend, double target)
    {
        _options.Validate();
        Check(multiplier, 1, nameof(multiplier));
        Check(spend, 0, nameof(spend));
        Check(target, 0, nameof(target));
        var error = target > 0 ? (spend / target) - 1 : double.PositiveInfinity;
        var step = Math.Abs(error) <= _options.DeadBand ? 0 : Math.Clamp(_options.StepSize * error, -_options.LargestLogStep, _options.LargestLogStep);
        return Math.Clamp(multiplier * Math.Exp(step), _options.Minimum, _options.Maximum);
    }

    private static void Check(double value, double least, string parameter)
    {
        if (!(double.IsFinite(value) && value >= least))
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"Must be finite and at least {least}.");
        }
    }
}
