namespace Noah.Optimization.Solvers;

/// <summary>How to solve; echoed in the result.</summary>
/// <param name="Seed">Seed of everything random in the solver (the partition's salt); default 0. Exact solvers do not use it.</param>
/// <param name="TimeLimit">Wall time after which the solver gives up; null, the default, for none. Must be positive.</param>
public sealed record SolveOptions(ulong Seed = 0, TimeSpan? TimeLimit = null)
{
    internal void Validate()
    {
        if (TimeLimit is { } limit && limit <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(TimeLimit), limit, "The time limit must be positive.");
        }
    }
}
