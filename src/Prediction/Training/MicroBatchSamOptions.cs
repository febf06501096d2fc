namespace Noah.Prediction.Training;

/// <summary>
/// Micro-batch sharpness-aware minimisation (mSAM, arXiv 2302.09693): each batch is cut into shards, and each shard's gradient is taken at
/// weights moved by <see cref="Radius"/> along the shard's own normalised gradient. It costs a second gradient of every row.
/// </summary>
public sealed record MicroBatchSamOptions
{
    /// <summary>
    /// Shards m of a batch; 1 is SAM (Foret et al. 2021), at most one row a shard. Default 4. 1 to 4,096.
    /// </summary>
    public int Shards { get; init; } = 4;

    /// <summary>
    /// Length ρ of the move, in units of the weights. Default 0.1. The best one falls as shards grow (measured 0.2 for 1 and 0.08 for 16
    /// on one small network), so tune it for each number of shards; 0 is the optimiser without it. 0 to 10.
    /// </summary>
    public double Radius { get; init; } = 0.1;
}
