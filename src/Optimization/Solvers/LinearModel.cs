using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>A program written into an OR-Tools model by index, without a wrapper object per variable (lp.md §1.1: 5 times faster to
/// build).</summary>
/// <remarks>Disposal is deterministic: native objects left to the finaliser have crashed the process (noah.md §3.3).</remarks>
internal sealed class LinearModel : IDisposable
{
    private readonly AllocationProgram _program;

    /// <param name="program">The program.</param>
    /// <param name="elastic">
    /// True for the phase-1 program: maximise the negative total relaxation, each bound with its own slack, instead of the value.
    /// </param>
    public LinearModel(AllocationProgram program, bool elastic = false)
    {
        _program = program;
        Builder = new ModelBuilderHelper();
        Builder.SetMaximize(true);
        AddEdges(elastic);
        AddUnits();
        RowIndexes = new int[program.Rows.Count];
        Slacks = new (int? Lower, int? Upper)[program.Rows.Count];
        for (var r = 0; r < RowIndexes.Length; r++)
        {
            AddRow(r, elastic);
        }
    }

    public ModelBuilderHelper Builder { get; }

    /// <summary>Constraint index of each coupling row.</summary>
    public int[] RowIndexes { get; }

    /// <summary>Variables by which the bounds of each row give way; null where there is no such bound or the model is not
    /// elastic.</summary>
    public (int? Lower, int? Upper)[] Slacks { get; }

    /// <summary>Relaxations are measured relative to the size of the bound, so that money and counts compare.</summary>
    public static double RelaxationWeight(double bound) => 1 / Math.Max(1, Math.Abs(bound));

    public void Dispose() => Builder.Dispose();

    private void AddEdges(bool elastic)
    {
        for (var unit = 0; unit < _program.UnitCount; unit++)
        {
            double upper = Math.Min(1, _program.FrequencyCaps[unit]);
            for (var edge = _program.RowStart[unit]; edge < _program.RowStart[unit + 1]; edge++)
            {
                var variable = Builder.AddVar();
                Builder.SetVarLowerBound(variable, 0);
                Builder.SetVarUpperBound(variable, upper);
                Builder.SetVarObjectiveCoefficient(variable, elastic ? 0 : _program.Values[edge]);
            }
        }
    }

    private void AddUnits()
    {
        for (var unit = 0; unit < _program.UnitCount; unit++)
        {
            var (first, end, cap) = (_program.RowStart[unit], _program.RowStart[unit + 1], _program.FrequencyCaps[unit]);
            if (cap == 0 || end - first <= cap)
            {
                continue;
            }

            var constraint = AddConstraint(null, cap);
            for (var edge = first; edge < end; edge++)
            {
                Builder.AddConstraintTerm(constraint, edge, 1);
            }
        }
    }

    private void AddRow(int r, bool elastic)
    {
        var row = _program.Rows[r];
        var constraint = AddConstraint(row.Lower, row.Upper);
        RowIndexes[r] = constraint;
        for (var i = 0; i < row.Edges.Length; i++)
        {
            Builder.AddConstraintTerm(constraint, row.Edges[i], row.Coefficients[i]);
        }

        if (elastic)
        {
            Slacks[r] = (AddSlack(constraint, row.Lower, 1), AddSlack(constraint, row.Upper, -1));
        }
    }

    private int AddConstraint(double? lower, double? upper)
    {
        var constraint = Builder.AddLinearConstraint();
        Builder.SetConstraintLowerBound(constraint, lower ?? double.NegativeInfinity);
        Builder.SetConstraintUpperBound(constraint, upper ?? double.PositiveInfinity);
        return constraint;
    }

    private int? AddSlack(int constraint, double? bound, double sign)
    {
        if (bound is not { } value)
        {
            return null;
        }

        var slack = Builder.AddVar();
        Builder.SetVarLowerBound(slack, 0);
        Builder.SetVarUpperBound(slack, double.PositiveInfinity);
        Builder.SetVarObjectiveCoefficient(slack, -RelaxationWeight(value));
        Builder.AddConstraintTerm(constraint, slack, sign);
        return slack;
    }
}
