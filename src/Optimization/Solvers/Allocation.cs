using Noah.Optimization.Certificates;

namespace Noah.Optimization.Solvers;

/// <summary>A feasible allocation with its prices and certificate.</summary>
public sealed class Allocation
{
    private readonly double[] _probabilities;
    private readonly double[] _dualPrices;

    internal Allocation(double[] probabilities, double[] dualPrices, Certificate certificate)
    {
        _probabilities = probabilities;
        _dualPrices = dualPrices;
        Certificate = certificate;
    }

    /// <summary>Probability with which each edge is to be chosen, in [0, 1]; shape [edges].</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Price of each coupling row, signed as in <see cref="RowCertificate.DualPrice"/>; shape [rows].</summary>
    public ReadOnlySpan<double> DualPrices => _dualPrices;

    /// <summary>Objective, bound, gap and use of each row, recomputed on the original program.</summary>
    public Certificate Certificate { get; }
}
