using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Clustered;

/// <summary>Rows ordered by cluster, with an intercept in front of the covariates.</summary>
internal sealed class GeeRows
{
    private GeeRows(double[] outcomes, double[] design, int width, int[] starts)
    {
        Outcomes = outcomes;
        Design = design;
        Width = width;
        Starts = starts;
        LargestCluster = Enumerable.Range(0, Clusters).Max(c => starts[c + 1] - starts[c]);
    }

    internal double[] Outcomes { get; }

    /// <summary>[rows × width], row-major.</summary>
    internal double[] Design { get; }

    internal int Width { get; }

    /// <summary>First row of each cluster, and the number of rows.</summary>
    internal int[] Starts { get; }

    internal int Clusters => Starts.Length - 1;

    internal int LargestCluster { get; }

    internal ReadOnlySpan<double> Row(int row) => Design.AsSpan(row * Width, Width);

    internal static GeeRows Of(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> covariates, ReadOnlySpan<int> clusters, ResponseFamily family)
    {
        if (outcomes.IsEmpty)
        {
            throw new ArgumentException("Has no row, expected at least one.", nameof(outcomes));
        }

        var width = covariates.Length / outcomes.Length;
        Require.Length(covariates.Length, (long)width * outcomes.Length, nameof(covariates));
        Require.Length(clusters.Length, outcomes.Length, nameof(clusters));
        Require.Finite(outcomes, nameof(outcomes));
        Require.Finite(covariates, nameof(covariates));
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (family != ResponseFamily.Gaussian && (outcomes[i] < 0 || (family == ResponseFamily.Binomial && outcomes[i] > 1)))
            {
                throw new ArgumentException(
                    $"Value {i} is {outcomes[i]}: {family} outcomes must {(family == ResponseFamily.Binomial ? "lie in [0, 1]" : "be at least 0")}.", nameof(outcomes));
            }
        }

        // The order of rows within a cluster is kept: it is time for the ordered correlations.
        var ids = clusters.ToArray();
        var order = Enumerable.Range(0, ids.Length).OrderBy(row => ids[row]).ToArray();
        var design = new double[order.Length * (width + 1)];
        var sorted = new double[order.Length];
        var starts = new List<int>();
        for (var row = 0; row < order.Length; row++)
        {
            sorted[row] = outcomes[order[row]];
            design[row * (width + 1)] = 1;
            covariates.Slice(order[row] * width, width).CopyTo(design.AsSpan((row * (width + 1)) + 1));
            if (row == 0 || ids[order[row]] != ids[order[row - 1]])
            {
                starts.Add(row);
            }
        }

        return new GeeRows(sorted, design, width + 1, [.. starts, order.Length]);
    }
}
