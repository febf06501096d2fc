namespace Noah.Heuristics.Pacing;

/// <summary>
/// Sets the cost bound of each planning round so that the actual spend follows a target curve (noah.md §4.1, after the controller of
/// "From Prediction to Incrementality"). An assignment is not a delivery, so the plan is divided by the ratio at which planned money
/// really is spent: <c>C = clip((ΔS* + κ·e) / max(r̂, ε), Cmin, Cmax)</c>, with <c>ΔS*</c> the curve's next step, <c>e = S* − S</c> and
/// <c>r̂ = α·r + (1 − α)·r̂</c>. Pure: state in, state out.
/// </summary>
/// <remarks>
/// Departure: read as a recursion on its own output, <c>C ← C + κ·e/r̂</c>, the loop has the matrix [[1, κ], [−1, 1 − κ]] in (pace,
/// error), whose determinant is 1: oscillations never die. With the curve's own step in place of C the error shrinks by 1 − κ a round.
/// </remarks>
public sealed class PacingController
{
    private readonly double _budget;
    private readonly double[] _curve;
    private readonly PacingOptions _options;

    /// <summary>Fixes budget and curve.</summary>
    /// <param name="budget">B, in money, &gt; 0.</param>
    /// <param name="targetCurve">q: share of the budget to have spent after each round, non-decreasing in [0, 1] and 1 at the end; shape
    /// [rounds].</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument is outside its interval.</exception>
    public PacingController(double budget, ReadOnlySpan<double> targetCurve, PacingOptions? options = null)
    {
        _options = options ?? new PacingOptions();
        _options.Validate();
        if (!(double.IsFinite(budget) && budget > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(budget), budget, "The budget must be finite and above 0.");
        }

        var before = 0.0;
        foreach (var share in targetCurve)
        {
            if (!(share >= before && share <= 1))
            {
                throw new ArgumentException($"The target curve must not fall and stay in [0, 1], got {share} after {before}.", nameof(targetCurve));
            }

            before = share;
        }

        if (before != 1)
        {
            throw new ArgumentException("The target curve must end at 1.", nameof(targetCurve));
        }

        _budget = budget;
        _curve = targetCurve.ToArray();
    }

    /// <summary>An even curve over a number of rounds.</summary>
    /// <param name="budget">B, in money, &gt; 0.</param>
    /// <param name="rounds">Number of rounds, ≥ 1.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>The controller.</returns>
    /// <exception cref="ArgumentException">An argument is outside its interval.</exception>
    public static PacingController Even(double budget, int rounds, PacingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        return new PacingController(budget, [.. Enumerable.Range(1, rounds).Select(round => (double)round / rounds)], options);
    }

    /// <summary>The state before the first round.</summary>
    /// <returns>No spend, ratio 1, and the curve's first step as plan.</returns>
    public PacingState Start() => Planned(0, 0, 1);

    /// <summary>Closes a round and plans the next one.</summary>
    /// <param name="state">State before the round.</param>
    /// <param name="actualSpend">D: what was really spent in the round, in money, ≥ 0.</param>
    /// <param name="predictedSpend">
    /// A: what the round's plan predicted to spend, in money, ≥ 0; below the bound when the bound did not bind. 0 leaves the ratio as it
    /// is.
    /// </param>
    /// <returns>The state after it; its planned spend is 0 once the rounds or the budget are used up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A spend is negative or not finite.</exception>
    public PacingState Next(PacingState state, double actualSpend, double predictedSpend)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckSpend(actualSpend, nameof(actualSpend));
        CheckSpend(predictedSpend, nameof(predictedSpend));
        var ratio = predictedSpend > 0
            ? (_options.RatioSmoothing * actualSpend / predictedSpend) + ((1 - _options.RatioSmoothing) * state.RealisationRatio)
            : state.RealisationRatio;
        return Planned(state.Round + 1, state.CumulativeSpend + actualSpend, ratio);
    }

    private PacingState Planned(int round, double spent, double ratio)
    {
        if (round >= _curve.Length || spent >= _budget)
        {
            return new PacingState(round, spent, ratio, 0);
        }

        var reached = round == 0 ? 0 : _curve[round - 1];
        var error = (_budget * reached) - spent;
        // There is no round after the last to make good the rest of the error.
        var gain = round == _curve.Length - 1 ? 1 : _options.Gain;
        var correction = Math.Abs(error) <= _options.DeadBand * _budget ? 0 : gain * error;
        var divisor = Math.Max(ratio, _options.SmallestRatio);
        var wanted = ((_budget * (_curve[round] - reached)) + correction) / divisor;
        var clipped = Math.Max(_options.MinimumSpend, Math.Min(wanted, _options.MaximumSpend ?? double.PositiveInfinity));
        // Whatever the minimum says, no round plans to spend more than is left.
        return new PacingState(round, spent, ratio, Math.Max(0, Math.Min(clipped, (_budget - spent) / divisor)));
    }

    private static void CheckSpend(double spend, string parameter)
    {
        if (!(double.IsFinite(spend) && spend >= 0))
        {
            throw new ArgumentOutOfRangeException(parameter, spend, "A spend must be finite and at least 0.");
        }
    }
}
