using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Randomization;

/// <summary>One block of a partition: a program of its own, independent of all others, that any process or machine can solve.</summary>
/// <param name="Index">Number of the block, from 0.</param>
/// <param name="Program">Its units with their share of every bound.</param>
public sealed record PartitionBlock(int Index, AllocationProgram Program)
{
    /// <summary>Solves the block with GLOP's dual simplex.</summary>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>Its solution.</returns>
    public BlockSolution Solve(CancellationToken cancellationToken = default)
    {
        var point = ExactSolver.Vertex(Program, null, cancellationToken);
        return point.Probabilities is { } x
            ? new BlockSolution(Index, IsFeasible: true, EdgeProbabilities.Of(Array.ConvertAll(x, p => p < RoundOff ? 0 : p > 1 - RoundOff ? 1 : p)), point.Prices)
            : new BlockSolution(Index, IsFeasible: false, null, []);
    }

    /// <summary>The block as bytes.</summary>
    /// <returns>What <see cref="FromBytes"/> reads.</returns>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Index);
            ProgramCodec.Write(Program, writer);
        }

        return stream.ToArray();
    }

    /// <summary>Reads a block.</summary>
    /// <param name="bytes">From <see cref="ToBytes"/>.</param>
    /// <returns>The block.</returns>
    /// <exception cref="InvalidDataException">The bytes are of another format or end early.</exception>
    public static PartitionBlock FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return new PartitionBlock(reader.ReadInt32(), ProgramCodec.Read(reader));
    }

    private const double RoundOff = 1e-9;
}
