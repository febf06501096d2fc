using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>A program written into an OR-Tools model by index, without a wrapper object per variable (lp.md §1.1: 5 times faster to
/// build).</summary>
/// <remarks>Disposal is deterministic: native objects left to the finaliser have crashed the process (noah.md §3.3).</remarks>
internal sealed class LinearModel : IDisposable
{
    private readonly AllocationProgram _program;

    public LinearModel(AllocationProgram program)
    {
        _program = program;
        Builder = new ModelBuilderHelper();
        Builder.SetMaximize(true);
        RowIndexes = new int[program.Rows.Count];
        for (var r = 0; r < RowIndexes.Length; r++)
        {
            RowIndexes[r] = AddConstraint(program.Rows[r].Lower, program.Rows[r].Upper);
        }

        AddEdges();
        AddUnits();
    }

    public ModelBuilderHelper Builder { get; }

    /// <summary>Constraint index of each coupling row.</summary>
    public int[] RowIndexes { get; }

    public void Dispose() => Builder.Dispose();

    private void AddEdges()
    {
        for (var unit = 0; unit < _program.UnitCount; unit++)
        {
            double upper = Math.Min(1, _program.Limits.Cap(unit));
            for (var edge = _program.RowStart[unit]; edge < _program.RowStart[unit + 1]; edge++)
            {
                var variable = Builder.AddVar();
                Builder.SetVarLowerBound(variable, 0);
                Builder.SetVarUpperBound(variable, upper);
                Builder.SetVarObjectiveCoefficient(variable, _program.Values[edge]);
                var action = _program.Actions[edge];
                foreach (var r in _program.Terms.RowsOf(action))
                {
                    if (_program.RowArray[r].Measure.Of(edge, action) is var coefficient and > 0)
                    {
                        Builder.AddConstraintTerm(RowIndexes[r], variable, coefficient);
                    }
                }
            }
        }
    }

    private void AddUnits()
    {
        var limits = _program.Limits;
        var channelConstraints = new int?[limits.Channels];
        for (var unit = 0; unit < _program.UnitCount; unit++)
        {
            var (first, end, cap) = (_program.RowStart[unit], _program.RowStart[unit + 1], limits.Cap(unit));
            if (cap > 0 && end - first > cap)
            {
                var constraint = AddConstraint(null, cap);
                for (var edge = first; edge < end; edge++)
                {
                    Builder.AddConstraintTerm(constraint, edge, 1);
                }
            }

            Array.Clear(channelConstraints);
            for (var edge = first; limits.Channels > 0 && edge < end; edge++)
            {
                if (limits.ChannelOf(_program.Actions[edge]) is var channel and not UnitLimits.NoChannel)
                {
                    channelConstraints[channel] ??= AddConstraint(null, limits.ChannelCap(unit, channel));
                    Builder.AddConstraintTerm(channelConstraints[channel]!.Value, edge, 1);
                }
            }
        }
    }

    private int AddConstraint(double? lower, double? upper)
    {
        var constraint = Builder.AddLinearConstraint();
        Builder.SetConstraintLowerBound(constraint, lower ?? double.NegativeInfinity);
        Builder.SetConstraintUpperBound(constraint, upper ?? double.PositiveInfinity);
        return constraint;
    }
}
