namespace Noah.Optimization.Solvers;

/// <summary>Prices and relaxations of an elastic program: bounds give way at the price of their weight, caps of units do not.</summary>
/// <param name="Bounds">The bounds it was asked about.</param>
/// <param name="Relaxations">By how much each gives way, ≥ 0; shape [bounds].</param>
/// <param name="Prices">What one unit of each bound is worth to the total, ≥ 0, without the sign of its side; shape [bounds].</param>
/// <param name="Total">What the prices prove of Σ weight · relaxation: at least this; at the optimum it is the least.</param>
internal sealed record ElasticSolution(IReadOnlyList<RowBound> Bounds, double[] Relaxations, double[] Prices, double Total)
{
    /// <summary>Relative relaxations and prices below this are round-off.</summary>
    public const double Negligible = 1e-8;

    /// <summary>Bounds with a price: by Farkas' lemma they conflict without the others.</summary>
    public List<RowBound> Support() => [.. Bounds.Where((bound, b) => Prices[b] > Negligible * bound.Weight)];

    /// <summary>Signed prices of the rows, of the support only unless all are kept.</summary>
    public double[] RowPrices(int rows, bool keepAll = false)
    {
        var prices = new double[rows];
        for (var b = 0; b < Bounds.Count; b++)
        {
            if (keepAll || Prices[b] > Negligible * Bounds[b].Weight)
            {
                Bounds[b].AddPrice(prices, Prices[b]);
            }
        }

        return prices;
    }

    public double RelaxationOf(RowBound bound)
    {
        for (var b = 0; b < Bounds.Count; b++)
        {
            if (Bounds[b] == bound)
            {
                return Relaxations[b] * bound.Weight > Negligible ? Relaxations[b] : 0;
            }
        }

        return 0;
    }
}
