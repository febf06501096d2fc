namespace Noah.Optimization.Solvers;

/// <summary>How to solve; echoed in the result.</summary>
/// <param name="Seed">Seed of everything random in the solver (the partition's salt, the samples); default 0. Exact solvers do not use it.</param>
/// <param name="TimeLimit">Wall time after which the solver gives up; null, the default, for none. Must be positive.</param>
/// <param name="WarmStart">
/// Dual prices to start from, yesterday's or those of a program that differs in its bounds; one for each row, finite; null, the default, for none.
/// They change how soon a solver is done, never what it certifies. Solvers that cannot use them ignore them.
/// </param>
/// <param name="Progress">Receives how far the solver is; null, the default, for nobody. Called from the solving thread.</param>
public sealed record SolveOptions(
    ulong Seed = 0, TimeSpan? TimeLimit = null, IReadOnlyList<double>? WarmStart = null, IProgress<SolveProgress>? Progress = null)
{
    internal void Validate(int rows)
    {
        CheckTimeLimit();
        if (WarmStart is { } prices && (prices.Count != rows || prices.Any(price => !double.IsFinite(price))))
        {
            throw new ArgumentException($"WarmStart: {prices.Count} prices for {rows} rows, or one that is not finite.");
        }
    }

    private void CheckTimeLimit()
    {
        if (TimeLimit is { } limit && limit <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(TimeLimit), limit, "The time limit must be positive.");
        }
    }
}
