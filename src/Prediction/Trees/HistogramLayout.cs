namespace Noah.Prediction.Trees;

/// <summary>
/// Where the bins of each feature stand in one array: for each bin the sum of gradients, of second derivatives, and the rows. Each feature is
/// summed by one thread in the order of the rows, so the bits do not depend on the number of threads.
/// </summary>
internal sealed class HistogramLayout(IReadOnlyList<FeatureBins> bins, BinnedTable data, int threads)
{
    public const int Width = 3;
    private const int RowsWorthThreads = 4096;

    private readonly int[] _offsets = [.. bins.Select((_, f) => Width * bins.Take(f).Sum(feature => feature.Count))];
    private readonly int _length = Width * bins.Sum(feature => feature.Count);

    public double[] Build(int[] features, ReadOnlyMemory<int> rows, double[] gradients, double[] hessians)
    {
        var sums = new double[_length];
        if (threads > 1 && rows.Length >= RowsWorthThreads)
        {
            Parallel.ForEach(features, new ParallelOptions { MaxDegreeOfParallelism = threads }, AddFeature);
        }
        else
        {
            Array.ForEach(features, AddFeature);
        }
        return sums;

        void AddFeature(int feature)
        {
            byte[] column = data.Columns[feature];
            var ofFeature = sums.AsSpan(_offsets[feature], Width * bins[feature].Count);
            foreach (int row in rows.Span)
            {
                int at = Width * column[row];
                ofFeature[at] += gradients[row];
                ofFeature[at + 1] += hessians[row];
                ofFeature[at + 2]++;
            }
        }
    }

    /// <summary>The bins of one feature, [bins × 3].</summary>
    public ReadOnlySpan<double> Of(double[] sums, int feature) => sums.AsSpan(_offsets[feature], Width * bins[feature].Count);

    /// <summary>Takes a child's sums from its parent's, in place: the other child's are left.</summary>
    public static void Subtract(double[] parent, double[] child)
    {
        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] -= child[i];
        }
    }
}
