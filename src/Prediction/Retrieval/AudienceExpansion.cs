using System.Numerics;

namespace Noah.Prediction.Retrieval;

/// <summary>
/// Widens an audience by members similar to its seeds. The paper names audience expansion as NOAH's retrieval step but not its algorithm;
/// this one is our own design. The score is the mean over the m most similar seeds: the maximum lets one odd seed pull in its own
/// neighbours, and the similarity to the seeds' centre fails where seeds form several groups.
/// </summary>
public static class AudienceExpansion
{
    /// <summary>Seeds that a score is the mean of, unless told otherwise.</summary>
    public const int DefaultNearestSeeds = 5;

    /// <summary>The eligible rows most similar to the seeds; the seeds themselves are left out.</summary>
    /// <param name="index">Vectors of all members.</param>
    /// <param name="seedRows">At least one row number in [0, rows); repeats count once.</param>
    /// <param name="count">How many rows at most; at least 0.</param>
    /// <param name="eligible">One bit per row (row r = bit r mod 64 of word r / 64), ⌈rows/64⌉ words; empty = all rows.</param>
    /// <param name="nearestSeeds">m, at least 1; with fewer seeds, all of them. Default <see cref="DefaultNearestSeeds"/>.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    /// <returns>Best first, the lower row first in a tie; fewer than asked for where fewer rows are eligible.</returns>
    /// <exception cref="ArgumentException">There is no seed, a row number is outside [0, rows), or the mask does not fit.</exception>
    public static ExpandedRow[] Expand(
        ExactIndex index, ReadOnlySpan<int> seedRows, int count, ReadOnlySpan<ulong> eligible = default,
        int nearestSeeds = DefaultNearestSeeds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(nearestSeeds, 1);
        EligibilityMask.Require(eligible, index.Rows);
        int[] seeds = DistinctSeeds(seedRows, index.Rows);
        float[] blocks = SeedBlocks(index, seeds);
        var isSeed = new bool[index.Rows];
        foreach (int seed in seeds)
        {
            isSeed[seed] = true;
        }
        int mean = Math.Min(nearestSeeds, seeds.Length);
        var similarities = new float[blocks.Length / index.Dimension];
        var nearest = new float[mean];
        var best = new TopRows(count);
        for (int row = 0; row < index.Rows; row++)
        {
            if ((row & 0xfff) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
            if (!isSeed[row] && EligibilityMask.Allows(eligible, row))
            {
                Score(index.Vector(row), blocks, similarities);
                best.Offer(new Neighbor(row, MeanOfLargest(similarities.AsSpan(0, seeds.Length), nearest)));
            }
        }
        return [.. best.Drain().Select(found =>
        {
            Score(index.Vector(found.Row), blocks, similarities);
            return new ExpandedRow(found.Row, found.Score, seeds[IndexOfLargest(similarities.AsSpan(0, seeds.Length))]);
        })];
    }

    private static int[] DistinctSeeds(ReadOnlySpan<int> seedRows, int rows)
    {
        if (seedRows.IsEmpty)
        {
            throw new ArgumentException("Expansion needs at least one seed.", nameof(seedRows));
        }
        foreach (int seed in seedRows)
        {
            if ((uint)seed >= (uint)rows)
            {
                throw new ArgumentOutOfRangeException(nameof(seedRows), seed, $"A seed must be in [0, {rows}).");
            }
        }
        return [.. seedRows.ToArray().Distinct().Order()];
    }

    /// <summary>
    /// Seeds in blocks of one vector register, dimension-major, so that scores of a block arrive as one vector without horizontal sums.
    /// </summary>
    private static float[] SeedBlocks(ExactIndex index, int[] seeds)
    {
        int lanes = Vector<float>.Count, blockCount = (seeds.Length + lanes - 1) / lanes;
        var blocks = new float[blockCount * lanes * index.Dimension];
        for (int s = 0; s < seeds.Length; s++)
        {
            var vector = index.Vector(seeds[s]);
            int start = s / lanes * lanes * index.Dimension;
            for (int d = 0; d < vector.Length; d++)
            {
                blocks[start + d * lanes + s % lanes] = vector[d];
            }
        }
        return blocks;
    }

    private static void Score(ReadOnlySpan<float> row, ReadOnlySpan<float> blocks, Span<float> similarities)
    {
        int lanes = Vector<float>.Count, blockLength = lanes * row.Length;
        for (int block = 0; block < blocks.Length / blockLength; block++)
        {
            var seeds = blocks.Slice(block * blockLength, blockLength);
            // Two sums halve the chain of dependent additions.
            Vector<float> even = Vector<float>.Zero, odd = Vector<float>.Zero;
            int d = 0;
            for (; d + 1 < row.Length; d += 2)
            {
                even += new Vector<float>(seeds.Slice(d * lanes, lanes)) * row[d];
                odd += new Vector<float>(seeds.Slice((d + 1) * lanes, lanes)) * row[d + 1];
            }
            if (d < row.Length)
            {
                even += new Vector<float>(seeds.Slice(d * lanes, lanes)) * row[d];
            }
            (even + odd).CopyTo(similarities.Slice(block * lanes, lanes));
        }
    }

    /// <summary>Keeps the largest in a short sorted list: almost every value fails the first comparison.</summary>
    private static float MeanOfLargest(ReadOnlySpan<float> values, Span<float> largest)
    {
        largest.Fill(float.NegativeInfinity);
        foreach (float value in values)
        {
            int at = largest.Length - 1;
            if (value <= largest[at])
            {
                continue;
            }
            for (; at > 0 && largest[at - 1] < value; at--)
            {
                largest[at] = largest[at - 1];
            }
            largest[at] = value;
        }
        float sum = 0;
        foreach (float value in largest)
        {
            sum += value;
        }
        return sum / largest.Length;
    }

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
