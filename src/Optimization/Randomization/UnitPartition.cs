using Noah.Optimization.Programs;

namespace Noah.Optimization.Randomization;

/// <summary>A random partition of the units into blocks of equal size (±1) and each block's share of each row.</summary>
internal static class UnitPartition
{
    /// <returns>Units of each block, ascending.</returns>
    public static int[][] Draw(AllocationProgram program, int blocks, ulong seed, bool stratify)
    {
        var hashes = new ulong[program.UnitCount];
        var strata = new double[program.UnitCount];
        for (var unit = 0; unit < hashes.Length; unit++)
        {
            hashes[unit] = SeededHash.Of(seed, program.UnitKey(unit));
            strata[unit] = stratify ? BestValue(program, unit) : 0;
        }

        int[] order = [.. Enumerable.Range(0, hashes.Length).OrderByDescending(unit => strata[unit]).ThenBy(unit => hashes[unit])];
        var members = new List<int>[blocks];
        for (var block = 0; block < blocks; block++)
        {
            members[block] = [];
        }

        // Each stratum of as many units as blocks is dealt out in hash order, one unit a block.
        for (var first = 0; first < order.Length; first += blocks)
        {
            var stratum = order.AsSpan(first, Math.Min(blocks, order.Length - first));
            stratum.Sort((a, b) => (hashes[a], a).CompareTo((hashes[b], b)));
            // The last stratum may be short: a rotation by the stratum's number keeps it from always going to the first blocks.
            for (var i = 0; i < stratum.Length; i++)
            {
                members[(i + (first / blocks)) % blocks].Add(stratum[i]);
            }
        }

        return Array.ConvertAll(members, block => { block.Sort(); return block.ToArray(); });
    }

    /// <summary>
    /// Share of each block in each row: of the units that can use the row at all, those in the block. The shares of a row sum to 1, which
    /// makes the union of feasible blocks feasible; counting only eligible units keeps a rare campaign's lower bound attainable in each
    /// block.
    /// </summary>
    /// <returns>[rows][blocks].</returns>
    public static double[][] Shares(AllocationProgram program, int[][] blocks)
    {
        var blockOf = new int[program.UnitCount];
        for (var block = 0; block < blocks.Length; block++)
        {
            foreach (var unit in blocks[block])
            {
                blockOf[unit] = block;
            }
        }

        var rows = program.Rows.Count;
        double[][] shares = [.. Enumerable.Range(0, rows).Select(_ => new double[blocks.Length])];
        var (eligible, last) = (new int[rows], new int[rows]);
        Array.Fill(last, -1);
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
            {
                foreach (var r in program.Terms.RowsOf(program.Actions[edge]))
                {
                    if (last[r] != unit && program.Rows[r].Measure.Of(edge, program.Actions[edge]) > 0)
                    {
                        last[r] = unit;
                        eligible[r]++;
                        shares[r][blockOf[unit]]++;
                    }
                }
            }
        }

        for (var r = 0; r < rows; r++)
        {
            for (var block = 0; block < blocks.Length; block++)
            {
                shares[r][block] = eligible[r] > 0 ? shares[r][block] / eligible[r] : (double)blocks[block].Length / program.UnitCount;
            }
        }

        return shares;
    }

    private static double BestValue(AllocationProgram program, int unit)
    {
        var best = 0.0;
        for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
        {
            best = Math.Max(best, program.Values[edge]);
        }

        return best;
    }
}
