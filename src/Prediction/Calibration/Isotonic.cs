namespace Noah.Prediction.Calibration;

/// <summary>
/// Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the non-decreasing step function of least squared error.
/// </summary>
internal static class Isotonic
{
    /// <summary>A step: mean score, mean target and weight of the rows pooled into it.</summary>
    public readonly record struct Block(double Score, double Target, double Weight)
    {
        public Block Join(Block other)
        {
            double weight = Weight + other.Weight;
            return new Block(
                (Score * Weight + other.Score * other.Weight) / weight, (Target * Weight + other.Target * other.Weight) / weight, weight);
        }
    }

    /// <summary>Pools blocks given by rising score.</summary>
    public static List<Block> Pool(IEnumerable<Block> ascending)
    {
        var pooled = new List<Block>();
        foreach (var block in ascending)
        {
            var last = block;
            while (pooled.Count > 0 && pooled[^1].Target >= last.Target)
            {
                last = pooled[^1].Join(last);
                pooled.RemoveAt(pooled.Count - 1);
            }
            pooled.Add(last);
        }
        return pooled;
    }
}
