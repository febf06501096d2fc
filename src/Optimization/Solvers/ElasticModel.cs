using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>
/// The elastic program over some bounds and some units: bounds give way at a price of their weight, and the total is minimised. Unit caps are hard.
/// </summary>
/// <remarks>
/// Only actions that count at a lower bound are in it: any other could only use up upper bounds. Variables are scaled by the weight of their unit, so that
/// the bounds keep their own size.
/// </remarks>
internal sealed class ElasticModel : IDisposable
{
    private readonly AllocationProgram _program;
    private readonly bool[] _matters;
    private readonly int?[] _constraints;

    /// <param name="program">The program.</param>
    /// <param name="sample">Its units.</param>
    /// <param name="bounds">Bounds to keep; all others are dropped.</param>
    /// <param name="soft">Index of the only bound that gives way, at the price 1; null when each does at the price of its weight.</param>
    public ElasticModel(AllocationProgram program, UnitSample sample, IReadOnlyList<RowBound> bounds, int? soft)
    {
        _program = program;
        _matters = ActionsThatMatter(program, bounds);
        Builder = new ModelBuilderHelper();
        Builder.SetMaximize(true);
        _constraints = new int?[program.RowArray.Length];
        Slacks = new int?[bounds.Count];
        foreach (var bound in bounds)
        {
            var constraint = _constraints[bound.Row] ??= AddConstraint(double.PositiveInfinity);
            if (bound.Side == BoundSide.Lower)
            {
                Builder.SetConstraintLowerBound(constraint, bound.Value);
            }
            else
            {
                Builder.SetConstraintUpperBound(constraint, bound.Value);
            }
        }

        for (var i = 0; i < sample.Units.Length; i++)
        {
            AddUnit(sample.Units[i], sample.Weights[i]);
        }

        for (var b = 0; b < bounds.Count; b++)
        {
            Slacks[b] = soft is null || soft == b ? AddSlack(bounds[b], soft is null ? bounds[b].Weight : 1) : null;
        }
    }

    public ModelBuilderHelper Builder { get; }

    /// <summary>Variable by which each bound gives way; null where it does not.</summary>
    public int?[] Slacks { get; }

    /// <summary>Whether each action counts at a lower bound.</summary>
    public static bool[] ActionsThatMatter(AllocationProgram program, IEnumerable<RowBound> bounds)
    {
        var matters = new bool[program.ActionCount];
        foreach (var bound in bounds.Where(bound => bound.Side == BoundSide.Lower))
        {
            var row = program.RowArray[bound.Row];
            for (var action = 0; action < matters.Length; action++)
            {
                matters[action] |= row.Covers(action);
            }
        }

        return matters;
    }

    public int ConstraintOf(RowBound bound) => _constraints[bound.Row]!.Value;

    public void Dispose() => Builder.Dispose();

    private void AddUnit(int unit, double weight)
    {
        var (limits, cap, variables) = (_program.Limits, _program.Limits.Cap(unit), new List<(int Variable, int Channel)>());
        for (var edge = _program.RowStartArray[unit]; cap > 0 && edge < _program.RowStartArray[unit + 1]; edge++)
        {
            var action = _program.ActionArray[edge];
            if (!_matters[action])
            {
                continue;
            }

            var variable = Builder.AddVar();
            Builder.SetVarLowerBound(variable, 0);
            Builder.SetVarUpperBound(variable, weight);
            variables.Add((variable, limits.ChannelOf(action)));
            foreach (var r in _program.Terms.RowsOf(action))
            {
                if (_constraints[r] is { } constraint && _program.RowArray[r].Measure.Of(edge, action) is var use and > 0)
                {
                    Builder.AddConstraintTerm(constraint, variable, use);
                }
            }
        }

        AddCap(variables, cap, weight);
        for (var channel = 0; channel < limits.Channels; channel++)
        {
            AddCap(variables.FindAll(entry => entry.Channel == channel), limits.ChannelCap(unit, channel), weight);
        }
    }

    private void AddCap(List<(int Variable, int Channel)> variables, int cap, double weight)
    {
        if (variables.Count <= cap)
        {
            return;
        }

        var constraint = AddConstraint(cap * weight);
        foreach (var (variable, _) in variables)
        {
            Builder.AddConstraintTerm(constraint, variable, 1);
        }
    }

    private int AddConstraint(double upper)
    {
        var constraint = Builder.AddLinearConstraint();
        Builder.SetConstraintLowerBound(constraint, double.NegativeInfinity);
        Builder.SetConstraintUpperBound(constraint, upper);
        return constraint;
    }

    private int AddSlack(RowBound bound, double price)
    {
        var slack = Builder.AddVar();
        Builder.SetVarLowerBound(slack, 0);
        Builder.SetVarUpperBound(slack, double.PositiveInfinity);
        Builder.SetVarObjectiveCoefficient(slack, -price);
        Builder.AddConstraintTerm(ConstraintOf(bound), slack, bound.Side == BoundSide.Lower ? 1 : -1);
        return slack;
    }
}
