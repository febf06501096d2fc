using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>A feasible allocation with its prices and certificate.</summary>
public sealed class Allocation
{
    private readonly double[] _dualPrices;

    internal Allocation(EdgeProbabilities probabilities, double[] dualPrices, Certificate certificate, int[]? nearUnits = null)
    {
        Probabilities = probabilities;
        _dualPrices = dualPrices;
        Certificate = certificate;
        NearUnits = nearUnits;
    }

    /// <summary>Probability with which each edge is to be chosen, in [0, 1].</summary>
    public EdgeProbabilities Probabilities { get; }

    /// <summary>Price of each coupling row, signed as in <see cref="RowCertificate.DualPrice"/>; shape [rows].</summary>
    public ReadOnlySpan<double> DualPrices => _dualPrices;

    /// <summary>Objective, bound, gap and use of each row, recomputed on the original program.</summary>
    public Certificate Certificate { get; }

    /// <summary>Units near another choice at the prices, where the solver knows them: the first that a repair moves.</summary>
    internal int[]? NearUnits { get; }
}
