using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Clustered;

/// <summary>
/// Moment estimates of the working correlation from Pearson residuals (Liang and Zeger 1986): sums of products of pairs over φ, divided by the
/// number of pairs minus the number of coefficients for one shared parameter, by the number of clusters minus that number for each pair of positions.
/// </summary>
internal sealed class CorrelationEstimate
{
    private readonly WorkingCorrelation _structure;
    private readonly Dictionary<int, Cholesky?> _factors = [];

    private CorrelationEstimate(WorkingCorrelation structure, double scale, double[] parameters)
    {
        _structure = structure;
        Scale = scale;
        Parameters = parameters;
    }

    internal double Scale { get; }

    internal double[] Parameters { get; }

    internal static CorrelationEstimate Start(WorkingCorrelation structure, int largest) => new(structure, 1, new double[Size(structure, largest)]);

    internal static CorrelationEstimate Of(WorkingCorrelation structure, GeeRows rows, ReadOnlySpan<double> pearson)
    {
        var squares = 0.0;
        foreach (var residual in pearson)
        {
            squares += residual * residual;
        }

        var scale = squares / Math.Max(1, pearson.Length - rows.Width);
        var sums = new double[Size(structure, rows.LargestCluster)];
        var pairs = new long[sums.Length];
        for (var cluster = 0; cluster < rows.Clusters && sums.Length > 0; cluster++)
        {
            var members = pearson[rows.Starts[cluster]..rows.Starts[cluster + 1]];
            for (var second = 1; second < members.Length; second++)
            {
                for (var first = structure == WorkingCorrelation.AutoRegressive ? second - 1 : 0; first < second; first++)
                {
                    var at = structure == WorkingCorrelation.Unstructured ? Pair(first, second) : 0;
                    sums[at] += members[first] * members[second];
                    pairs[at]++;
                }
            }
        }

        for (var at = 0; at < sums.Length; at++)
        {
            sums[at] = pairs[at] > rows.Width && scale > 0 ? sums[at] / scale / (pairs[at] - rows.Width) : 0;
        }

        return new CorrelationEstimate(structure, scale, sums);
    }

    /// <summary>Factor of the correlation matrix of the first <paramref name="size"/> positions; null where it is not positive definite.</summary>
    internal Cholesky? Factor(int size)
    {
        if (!_factors.TryGetValue(size, out var factor))
        {
            var matrix = new double[size, size];
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                {
                    matrix[row, column] = row == column ? 1 : Correlation(Math.Min(row, column), Math.Max(row, column));
                }
            }

            _factors[size] = factor = Cholesky.Factor(matrix);
        }

        return factor;
    }

    private static int Size(WorkingCorrelation structure, int largest) => structure switch
    {
        WorkingCorrelation.Independence => 0,
        WorkingCorrelation.Unstructured => largest * (largest - 1) / 2,
        _ => 1,
    };

    private static int Pair(int first, int second) => (second * (second - 1) / 2) + first;

    private double Correlation(int first, int second) => _structure switch
    {
        WorkingCorrelation.Independence => 0,
        WorkingCorrelation.Exchangeable => Parameters[0],
        WorkingCorrelation.AutoRegressive => Math.Pow(Parameters[0], second - first),
        _ => Parameters[Pair(first, second)],
    };
}
