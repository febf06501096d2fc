using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Explanations;

/// <summary>Sums up what a policy comes to, edge by edge.</summary>
internal sealed class PolicyTally(AllocationProgram program)
{
    private readonly double[] _uses = new double[program.RowArray.Length];
    private double _objective;
    private double _actions;

    public void Add(int edge, double probability)
    {
        _objective += program.ValueArray[edge] * probability;
        _actions += probability;
        RowUse.Add(program, _uses, edge, probability);
    }

    /// <summary>Greatest factor in [0, 1] by which all probabilities can be multiplied within every upper bound.</summary>
    public double RateWithinUpperBounds()
    {
        var rate = 1.0;
        for (var r = 0; r < _uses.Length; r++)
        {
            if (program.RowArray[r].Upper is { } upper && _uses[r] > upper)
            {
                rate = Math.Min(rate, upper / _uses[r]);
            }
        }

        return rate;
    }

    /// <summary>The policy with every probability times a factor.</summary>
    public PolicyValue Value(double rate) => new(
        rate * _objective,
        rate * _actions,
        Array.AsReadOnly(Certificate.ProgramRows(program, Array.ConvertAll(_uses, use => rate * use), new double[_uses.Length])));
}
