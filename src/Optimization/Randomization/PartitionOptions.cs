namespace Noah.Optimization.Randomization;

/// <summary>How <see cref="PartitionSolver"/> cuts a program.</summary>
/// <param name="BlockSize">
/// Units a block, ≥ 1; default 1,000: the loss grows as the inverse of the block size and is near 0.1-0.2 % there (noah.md §3.3).
/// </param>
/// <param name="Stratify">
/// Whether each block gets its share of the high-value units (strata of as many units as there are blocks, by greatest edge value);
/// default true, since a block that misses the heavy tail prices its bounds wrongly.
/// </param>
/// <param name="MaxParallelism">Blocks solved at a time, ≥ 1; null, the default, leaves it to the thread pool.</param>
/// <param name="TargetGap">Certified relative gap at which the repair of the blocks' loss stops, positive; default 1e-5.</param>
public sealed record PartitionOptions(int BlockSize = 1000, bool Stratify = true, int? MaxParallelism = null, double TargetGap = 1e-5)
{
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSize, 1);
        if (!(TargetGap > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(TargetGap), TargetGap, "The target gap must be positive.");
        }

        if (MaxParallelism is { } parallelism)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1, nameof(MaxParallelism));
        }
    }
}
