using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>Solves the elastic program and reads the conflict from it.</summary>
internal static class InfeasibilityAnalysis
{
    // Relative relaxations and phase-1 prices below this are round-off.
    private const double Negligible = 1e-8;

    /// <returns>The conflict; null when the elastic program finds none or does not finish.</returns>
    public static Infeasibility? Explain(AllocationProgram program, TimeSpan? timeLimit, CancellationToken cancellationToken)
    {
        using var model = new LinearModel(program, elastic: true);
        using var solver = new ModelSolverHelper("glop");
        solver.SetSolverSpecificParameters(ExactSolver.DualSimplexParameters);
        if (timeLimit is { } limit)
        {
            solver.SetTimeLimitInSeconds(limit.TotalSeconds);
        }

        using (cancellationToken.Register(() => solver.InterruptSolve()))
        {
            solver.Solve(model.Builder);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!solver.HasSolution() || solver.Status() != SolveStatus.OPTIMAL || solver.ObjectiveValue() > -Negligible)
        {
            return null;
        }

        var conflicts = new List<(ConflictingRow Row, double Weight)>();
        for (var r = 0; r < program.Rows.Count; r++)
        {
            var row = program.Rows[r];
            // In a maximisation a price is positive at the upper bound: that bound takes part in the proof even when it does not give way.
            var price = solver.DualValue(model.RowIndexes[r]);
            Add(row, BoundSide.Lower, row.Lower, model.Slacks[r].Lower, -price);
            Add(row, BoundSide.Upper, row.Upper, model.Slacks[r].Upper, price);
        }

        return new Infeasibility([.. conflicts.OrderByDescending(c => c.Weight).Select(c => c.Row)]);

        void Add(CouplingRow row, BoundSide side, double? bound, int? slack, double price)
        {
            if (bound is not { } value || slack is not { } variable)
            {
                return;
            }

            var relaxation = Math.Max(0, solver.VariableValue(variable));
            var weight = relaxation * LinearModel.RelaxationWeight(value);
            if (weight > Negligible || price > Negligible)
            {
                conflicts.Add((new ConflictingRow(row.Name, side, value, weight > Negligible ? relaxation : 0), weight));
            }
        }
    }
}
