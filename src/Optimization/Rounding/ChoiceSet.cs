using System.Numerics;
using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>Chosen edges of a program with what they use of each row, kept up to date while edges come and go.</summary>
internal sealed class ChoiceSet
{
    private readonly ulong[] _chosen;

    public ChoiceSet(AllocationProgram program)
    {
        Program = program;
        _chosen = new ulong[(program.EdgeCount + 63) / 64];
        Uses = new double[program.RowArray.Length];
    }

    public AllocationProgram Program { get; }

    /// <summary>Use of each row; shape [rows].</summary>
    public double[] Uses { get; }

    public bool this[int edge] => (_chosen[edge >> 6] & (1UL << edge)) != 0;

    public void Add(int edge)
    {
        _chosen[edge >> 6] |= 1UL << edge;
        RowUse.Add(Program, Uses, edge, 1);
    }

    public void Remove(int edge)
    {
        _chosen[edge >> 6] &= ~(1UL << edge);
        RowUse.Add(Program, Uses, edge, -1);
    }

    /// <summary>Whether one more action of this edge's kind fits the caps of its unit once <paramref name="leaving"/> (−1 for none) is gone.</summary>
    public bool Fits(int unit, int edge, int leaving)
    {
        var limits = Program.Limits;
        var channel = limits.ChannelOf(Program.ActionArray[edge]);
        var (total, inChannel) = (0, 0);
        for (var other = Program.RowStartArray[unit]; other < Program.RowStartArray[unit + 1]; other++)
        {
            if (this[other] && other != leaving)
            {
                total++;
                inChannel += limits.ChannelOf(Program.ActionArray[other]) == channel ? 1 : 0;
            }
        }

        return total < limits.Cap(unit) && (limits.Channels == 0 || channel == UnitLimits.NoChannel || inChannel < limits.ChannelCap(unit, channel));
    }

    /// <summary>Chosen edges, ascending.</summary>
    public int[] ToArray()
    {
        var (edges, at) = (new int[_chosen.Sum(BitOperations.PopCount)], 0);
        for (var word = 0; word < _chosen.Length; word++)
        {
            for (var bits = _chosen[word]; bits != 0; bits &= bits - 1)
            {
                edges[at++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return edges;
    }
}
