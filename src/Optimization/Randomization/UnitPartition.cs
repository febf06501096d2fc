using Noah.Optimization.Programs;

namespace Noah.Optimization.Randomization;

/// <summary>A random partition of the units into blocks of equal size (±1), and each block's share of each row.</summary>
internal sealed class UnitPartition
{
    private readonly AllocationProgram _program;

    public UnitPartition(AllocationProgram program, int blocks, ulong seed, bool stratify)
    {
        _program = program;
        Units = Draw(program, blocks, seed, stratify);
        Shares = SharesOf(program, Units);
    }

    /// <summary>Units of each block, ascending.</summary>
    public int[][] Units { get; }

    /// <summary>
    /// Share of each block in each row: of the units that can use the row at all, those in the block. The shares of a row sum to 1, which
    /// makes the union of feasible blocks feasible; counting only eligible units keeps a rare campaign's lower bound attainable in each
    /// block. Shape [rows][blocks].
    /// </summary>
    public double[][] Shares { get; }

    /// <returns>The block, and the edge of the whole program for each of its edges.</returns>
    public (PartitionBlock Block, int[] Edges) Block(int index)
    {
        var bounds = _program.Rows.Select((row, r) => (row.Lower * Shares[r][index], row.Upper * Shares[r][index])).ToArray();
        var slice = ProgramSlice.Take(_program, Units[index], bounds);
        return (new PartitionBlock(index, slice.Program), slice.Edges);
    }

    private static int[][] Draw(AllocationProgram program, int blocks, ulong seed, bool stratify)
    {
        // Greatest values first, those that are equal in the order of their hash: the bits of a float that is not negative ascend as it does.
        var (keys, order) = (new ulong[program.UnitCount], new int[program.UnitCount]);
        for (var unit = 0; unit < keys.Length; unit++)
        {
            var value = stratify ? BitConverter.SingleToUInt32Bits((float)BestValue(program, unit)) : 0;
            keys[unit] = ((ulong)~value << 32) | (SeededHash.Of(seed, program.UnitKey(unit)) >> 32);
            order[unit] = unit;
        }

        Array.Sort(keys, order);
        var members = new List<int>[blocks];
        for (var block = 0; block < blocks; block++)
        {
            members[block] = new List<int>((keys.Length / blocks) + 1);
        }

        // Each stratum of as many units as blocks is dealt out in hash order, one unit a block.
        for (var first = 0; first < order.Length; first += blocks)
        {
            var stratum = order.AsSpan(first, Math.Min(blocks, order.Length - first));
            var hashes = new ulong[stratum.Length];
            for (var i = 0; i < hashes.Length; i++)
            {
                hashes[i] = SeededHash.Of(seed, program.UnitKey(stratum[i]));
            }

            hashes.AsSpan().Sort(stratum);
            // The last stratum may be short: a rotation by the stratum's number keeps it from always going to the first blocks.
            for (var i = 0; i < stratum.Length; i++)
            {
                members[(i + (first / blocks)) % blocks].Add(stratum[i]);
            }
        }

        return Array.ConvertAll(members, block =>
        {
            block.Sort();
            return block.ToArray();
        });
    }

    private static double[][] SharesOf(AllocationProgram program, int[][] blocks)
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
