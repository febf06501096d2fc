namespace Noah.Prediction.Delay;

/// <summary>
/// The window cut into parts, and how far a row is through each. Within a part time runs logarithmically, because delays that are heavy-tailed
/// spread evenly over the logarithm of time; in the first part it runs evenly.
/// </summary>
/// <param name="Edges">[buckets + 1], rising, from 0 to the window.</param>
internal sealed record DelayBuckets(double[] Edges)
{
    public int Count => Edges.Length - 1;

    /// <summary>Edges with about as many of the delays in each part; fewer parts where delays repeat.</summary>
    public static DelayBuckets Of(IEnumerable<double> delays, double window, int buckets)
    {
        double[] sorted = [.. delays.Order()];
        var edges = new List<double> { 0 };
        for (int b = 1; b < buckets && sorted.Length > 0; b++)
        {
            double edge = sorted[(int)((long)sorted.Length * b / buckets)];
            if (edge > edges[^1] && edge < window)
            {
                edges.Add(edge);
            }
        }
        edges.Add(window);
        return new DelayBuckets([.. edges]);
    }

    /// <summary>How much of the bucket has passed at a time, in [0, 1].</summary>
    public double Passed(int bucket, double time)
    {
        double low = Edges[bucket], high = Edges[bucket + 1];
        return time <= low ? 0
            : time >= high ? 1
            : low == 0 ? time / high
            : Math.Log(time / low) / Math.Log(high / low);
    }

    /// <summary>Into which bucket a delay in [0, window] falls.</summary>
    public int BucketOf(double delay)
    {
        int bucket = 0;
        while (bucket < Count - 1 && delay > Edges[bucket + 1])
        {
            bucket++;
        }
        return bucket;
    }

    /// <summary>
    /// Exposures, then conversions, of each bucket: [2 × buckets][rows]. Exposure ends with the conversion, or with what has been seen yet.
    /// </summary>
    /// <param name="ages">[rows] time since the start.</param>
    /// <param name="delays">[rows] time to the conversion; NaN where none was seen.</param>
    public float[][] Labels(double[] ages, double[] delays)
    {
        float[][] labels = [.. Enumerable.Range(0, 2 * Count).Select(_ => new float[ages.Length])];
        for (int row = 0; row < ages.Length; row++)
        {
            bool converted = delays[row] <= Edges[^1];
            double seen = converted ? delays[row] : ages[row];
            for (int b = 0; b < Count; b++)
            {
                labels[b][row] = (float)Passed(b, seen);
            }
            if (converted)
            {
                labels[Count + BucketOf(delays[row])][row] = 1f;
            }
        }
        return labels;
    }
}
