using System.Diagnostics.CodeAnalysis;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Exploration;

/// <summary>Outcome of planning with exploration. There is no plan to read unless the program left by the explorers could be
/// solved.</summary>
public sealed class ExplorationResult
{
    private readonly ExplorationPlan? _plan;

    internal ExplorationResult(AllocationResult solve, ExplorationOptions options, ExplorationPlan? plan)
    {
        Solve = solve;
        Options = options;
        _plan = plan;
    }

    /// <summary>
    /// The solve over the units that do not explore. When it is infeasible, its explanation speaks of the bounds that the explorers left;
    /// when the explorers alone exceed a bound, of that bound.
    /// </summary>
    public AllocationResult Solve { get; }

    /// <summary>The options it was made with.</summary>
    public ExplorationOptions Options { get; }

    /// <summary>Reads the plan if there is one.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetPlan([NotNullWhen(true)] out ExplorationPlan? plan)
    {
        plan = _plan;
        return plan is not null;
    }
}
