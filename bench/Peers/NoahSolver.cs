using Noah.Optimization.Duals;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Bench.Peers;

/// <summary>NOAH's solvers by the words of <c>--solver</c>.</summary>
internal static class NoahSolver
{
    public static readonly string[] Words = ["dual", "partition", "exact"];

    /// <summary>The dual solver without a sample: from zero prices, if no others are given, by sweeps over everybody alone.</summary>
    public static readonly IAllocationSolver FromNothing = new DualSolver(new DualOptions(Sample: false));

    /// <param name="word">One of <see cref="Words"/>.</param>
    /// <param name="block">Units a block of the partition; 0 for its default.</param>
    public static IAllocationSolver Of(string word, int block) => word switch
    {
        "partition" => new PartitionSolver(block == 0 ? null : new PartitionOptions(block, MaxParallelism: Environment.ProcessorCount)),
        "exact" => new ExactSolver(),
        _ => new DualSolver(),
    };
}
