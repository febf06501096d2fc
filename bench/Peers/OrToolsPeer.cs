using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Bench.Peers;

/// <summary>PDLP or GLOP by OR-Tools' model builder, written by index: the fastest way in that OR-Tools has for .NET (lp.md §1.1).</summary>
internal sealed class OrToolsPeer : IPeer
{
    private readonly string _solver;
    private readonly string _parameters;

    private OrToolsPeer(string solver, string parameters) => (_solver, _parameters) = (solver, parameters);

    /// <summary>PDLP at a relative tolerance of 1e-4 with every core.</summary>
    public static OrToolsPeer Pdlp { get; } = new(
        "pdlp",
        $"num_threads: {Environment.ProcessorCount} termination_criteria {{ simple_optimality_criteria {{ eps_optimal_relative: 1e-4 eps_optimal_absolute: 1e-4 }} }}");

    /// <summary>GLOP's dual simplex, 5 times as fast as its default here (lp.md §1).</summary>
    public static OrToolsPeer Glop { get; } = new("glop", "use_dual_simplex: true");

    public PeerReport Solve(AllocationProgram program, double limitSeconds)
    {
        var building = new PeerClock();
        var rows = new PeerRows(program);
        using var model = Build(program, rows);
        using var solver = new ModelSolverHelper(_solver);
        solver.SetSolverSpecificParameters(_parameters);
        solver.SetTimeLimitInSeconds(limitSeconds);
        var buildSeconds = building.WallSeconds;

        var solving = new PeerClock();
        solver.Solve(model);
        var (wall, cpu, peak) = (solving.WallSeconds, solving.CpuSeconds, PeerClock.PeakRssMb());
        var (objective, row, unit) = solver.HasSolution() ? rows.Check(solver.VariableValue) : (double.NaN, double.NaN, double.NaN);
        return new PeerReport(
            solver.Status().ToString(), solver.Status() == SolveStatus.OPTIMAL, buildSeconds, wall, cpu, peak, objective, row, unit);
    }

    private static ModelBuilderHelper Build(AllocationProgram program, PeerRows rows)
    {
        var model = new ModelBuilderHelper();
        model.SetMaximize(true);
        for (var row = 0; row < rows.Count; row++)
        {
            model.AddLinearConstraint();
            model.SetConstraintLowerBound(row, rows.Lower(row));
            model.SetConstraintUpperBound(row, rows.Upper(row));
        }

        var entries = new List<(int Row, double Coefficient)>();
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
            {
                model.AddVar();
                model.SetVarLowerBound(edge, 0);
                model.SetVarUpperBound(edge, 1);
                model.SetVarObjectiveCoefficient(edge, program.Values[edge]);
                rows.Column(unit, edge, entries);
                foreach (var (row, coefficient) in entries)
                {
                    model.AddConstraintTerm(row, edge, coefficient);
                }
            }
        }

        return model;
    }
}
