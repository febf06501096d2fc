using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>Solves the whole program at once with OR-Tools. The oracle of the other solvers; fit for some 10,000 units (lp.md §1: time
/// grows as units^1.6).</summary>
/// <param name="algorithm">The linear solver; default <see cref="ExactAlgorithm.DualSimplex"/>.</param>
public sealed class ExactSolver(ExactAlgorithm algorithm = ExactAlgorithm.DualSimplex) : IAllocationSolver
{
    internal const string DualSimplexParameters = "use_dual_simplex: true";

    // One thread keeps the run repeatable. 1e-8 rather than the default 1e-6, because the certificate looks at each row alone.
    private const string FirstOrderParameters =
        "num_threads: 1 termination_criteria { simple_optimality_criteria { eps_optimal_relative: 1e-8 eps_optimal_absolute: 1e-8 } }";

    /// <inheritdoc/>
    public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(program.Rows.Count);
        cancellationToken.ThrowIfCancellationRequested();

        using var model = new LinearModel(program);
        // PDLP refuses a program without any matrix entry.
        var first = algorithm == ExactAlgorithm.FirstOrder && model.HasRowEntries;
        var diagnostics = new SolveDiagnostics(first ? "pdlp" : "glop dual simplex");
        using var solver = new ModelSolverHelper(first ? "pdlp" : "glop");
        solver.SetSolverSpecificParameters(first ? FirstOrderParameters : DualSimplexParameters);
        if (options.TimeLimit is { } limit)
        {
            solver.SetTimeLimitInSeconds(limit.TotalSeconds);
        }

        using (cancellationToken.Register(() => solver.InterruptSolve()))
        {
            solver.Solve(model.Builder);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (solver.HasSolution())
        {
            var x = ReadProbabilities(solver, program.EdgeCount);
            if (first)
            {
                FirstOrderRepair.Apply(program, x);
            }

            return AllocationResult.Certified(program, x, ReadPrices(solver, model), options, diagnostics);
        }

        // Every variable is bounded, so a solver that cannot tell infeasible from unbounded means infeasible; the elastic program has the
        // last word.
        if (solver.Status() is SolveStatus.INFEASIBLE or SolveStatus.UNBOUNDED
            && InfeasibilityAnalysis.Explain(program, options.TimeLimit, cancellationToken) is { } conflict)
        {
            return AllocationResult.Conflict(conflict, options, diagnostics);
        }

        var status = solver.Status() == SolveStatus.NOT_SOLVED && options.TimeLimit is not null
            ? AllocationStatus.TimeLimit
            : AllocationStatus.NotConverged;
        return AllocationResult.Without(status, options, diagnostics);
    }

    private static double[] ReadProbabilities(ModelSolverHelper solver, int edges)
    {
        var x = new double[edges];
        for (var edge = 0; edge < edges; edge++)
        {
            x[edge] = solver.VariableValue(edge);
        }

        return x;
    }

    private static double[] ReadPrices(ModelSolverHelper solver, LinearModel model) =>
        Array.ConvertAll(model.RowIndexes, row => solver.DualValue(row));
}
