using Noah.Optimization.Programs;

namespace Noah.Optimization.Randomization;

/// <summary>What solving a block came to.</summary>
/// <param name="Index">Number of the block.</param>
/// <param name="IsFeasible">Whether the block has an allocation within its share of the bounds.</param>
/// <param name="Probabilities">x of the block's edges; null when it is not feasible.</param>
/// <param name="Prices">Price of each row in the block; empty when it is not feasible.</param>
public sealed record BlockSolution(int Index, bool IsFeasible, EdgeProbabilities? Probabilities, IReadOnlyList<double> Prices)
{
    /// <summary>The solution as bytes.</summary>
    /// <returns>What <see cref="FromBytes"/> reads.</returns>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Index);
            writer.Write(IsFeasible);
            writer.Write(Probabilities?.EdgeCount ?? 0);
            writer.Write(Probabilities?.Edges.Length ?? 0);
            for (var i = 0; i < (Probabilities?.Edges.Length ?? 0); i++)
            {
                writer.Write(Probabilities!.Edges[i]);
                writer.Write(Probabilities.Values[i]);
            }

            writer.Write(Prices.Count);
            foreach (var price in Prices)
            {
                writer.Write(price);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Reads a solution.</summary>
    /// <param name="bytes">From <see cref="ToBytes"/>.</param>
    /// <returns>The solution.</returns>
    /// <exception cref="EndOfStreamException">The bytes end early.</exception>
    public static BlockSolution FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (index, isFeasible, edgeCount) = (reader.ReadInt32(), reader.ReadBoolean(), reader.ReadInt32());
        var entries = reader.ReadInt32();
        var (edges, values) = (new int[entries], new double[entries]);
        for (var i = 0; i < entries; i++)
        {
            (edges[i], values[i]) = (reader.ReadInt32(), reader.ReadDouble());
        }

        var prices = new double[reader.ReadInt32()];
        for (var r = 0; r < prices.Length; r++)
        {
            prices[r] = reader.ReadDouble();
        }

        return new BlockSolution(index, isFeasible, isFeasible ? new EdgeProbabilities(edgeCount, edges, values) : null, prices);
    }
}
