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

        // PDLP refuses a program without any matrix entry.
        var first = algorithm == ExactAlgorithm.FirstOrder && program.RowArray.Length > 0 && program.EdgeCount > 0;
        var diagnostics = new SolveDiagnostics(first ? "pdlp" : "glop dual simplex");
        var point = Solve(program, first ? "pdlp" : "glop", first ? FirstOrderParameters : DualSimplexParameters, options.TimeLimit, cancellationToken);
        if (point.Probabilities is { } x)
        {
            if (first)
            {
                FirstOrderRepair.Apply(program, x);
            }

            return AllocationResult.Certified(program, x, point.Prices, options, diagnostics);
        }

        // Every variable is bounded, so a solver that cannot tell infeasible from unbounded means infeasible; the elastic program has the
        // last word.
        if (point.Status is SolveStatus.INFEASIBLE or SolveStatus.UNBOUNDED
            && InfeasibilityAnalysis.Explain(program, options.TimeLimit, cancellationToken) is { } conflict)
        {
            return AllocationResult.Conflict(conflict, options, diagnostics);
        }

        var status = point.Status == SolveStatus.NOT_SOLVED && options.TimeLimit is not null
            ? AllocationStatus.TimeLimit
            : AllocationStatus.NotConverged;
        return AllocationResult.Without(status, options, diagnostics);
    }

    /// <summary>The point of GLOP's dual simplex, uncertified; no probabilities when it has none.</summary>
    internal static LinearPoint Vertex(AllocationProgram program, TimeSpan? timeLimit, CancellationToken cancellationToken) =>
        Solve(program, "glop", DualSimplexParameters, timeLimit, cancellationToken);

    private static LinearPoint Solve(
        AllocationProgram program, string solverName, string parameters, TimeSpan? timeLimit, CancellationToken cancellationToken)
    {
        using var model = new LinearModel(program);
        using var solver = new ModelSolverHelper(solverName);
        solver.SetSolverSpecificParameters(parameters);
        if (timeLimit is { } limit)
        {
            solver.SetTimeLimitInSeconds(limit.TotalSeconds);
        }

        using (cancellationToken.Register(() => solver.InterruptSolve()))
        {
            solver.Solve(model.Builder);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return solver.HasSolution()
            ? new LinearPoint(solver.Status(), ReadProbabilities(solver, program.EdgeCount), ReadPrices(solver, model))
            : new LinearPoint(solver.Status(), null, []);
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
