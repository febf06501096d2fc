using Noah.Optimization.Duals;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Randomization;

/// <summary>
/// Solves a large program as many small ones: a salted-hash random partition of the units into blocks, each with its share of every bound,
/// solved apart by an inner solver. NOAH names "large-scale LP with randomisation" without a formula; this is the candidate that came out
/// best in noah.md §3.3.
/// </summary>
/// <remarks>
/// The union is feasible by construction, since the shares of each bound sum to 1. Dual prices are the blocks' prices averaged by those
/// shares. Blocks of a thousand units price their bounds a little wrong and leave a half of a per cent on the table; a few sweeps over everybody from the
/// averaged prices mend the prices, and a linear program over the units near their margin wins the value back. The certificate on the whole program says
/// what is left. If a block is infeasible (a lower bound that its few units cannot meet), the blocks are doubled, up to the whole program, whose explanation is then the answer.
/// </remarks>
/// <param name="options">Block size, stratification, parallelism; null for the defaults.</param>
/// <param name="run">Solves a block, here or elsewhere; called from several threads; null for <see cref="PartitionBlock.Solve"/>.</param>
public sealed class PartitionSolver(PartitionOptions? options = null, Func<PartitionBlock, CancellationToken, BlockSolution>? run = null) : IAllocationSolver
{
    private const string Name = "random partition";
    // Averaging removes what blocks differ in, not what all of them have wrong for being small.
    private const double MisplacedByBlocks = 0.03;
    // With more rows than this a core would be a program of the size of the whole.
    private const int MostRowsOfACore = 256;

    private readonly PartitionOptions _options = options ?? new PartitionOptions();
    private readonly Func<PartitionBlock, CancellationToken, BlockSolution> _run = run ?? ((block, token) => block.Solve(token));

    /// <inheritdoc/>
    public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(program.Rows.Count);
        _options.Validate();

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.TimeLimit is { } limit)
        {
            limited.CancelAfter(limit);
        }

        var attempt = 0;
        var blocks = (int)Math.Ceiling((double)program.UnitCount / _options.BlockSize);
        try
        {
            for (; blocks > 1; blocks = (blocks + 1) / 2)
            {
                attempt++;
                if (SolveBlocks(program, blocks, options, attempt, limited.Token) is { } result)
                {
                    return result;
                }
            }

            return new ExactSolver().Solve(program, options, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AllocationResult.Without(AllocationStatus.TimeLimit, options, Diagnostics(blocks, attempt));
        }
    }

    /// <returns>Null when a block is infeasible.</returns>
    private AllocationResult? SolveBlocks(AllocationProgram program, int count, SolveOptions options, int attempt, CancellationToken cancellationToken)
    {
        var partition = new UnitPartition(program, count, options.Seed, _options.Stratify);
        var solutions = new BlockSolution?[count];
        var edges = new int[count][];
        var done = 0;
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = _options.MaxParallelism ?? -1 };
        Parallel.For(0, count, parallel, (index, loop) =>
        {
            var (block, ofWhole) = partition.Block(index);
            edges[index] = ofWhole;
            solutions[index] = _run(block, cancellationToken);
            options.Progress?.Report(new SolveProgress("blocks", Interlocked.Increment(ref done), count));
            if (!solutions[index]!.IsFeasible)
            {
                loop.Break();
            }
        });
        cancellationToken.ThrowIfCancellationRequested();
        if (Array.Exists(solutions, solution => solution is not { IsFeasible: true }))
        {
            return null;
        }

        var prices = new double[program.Rows.Count];
        for (var block = 0; block < count; block++)
        {
            for (var r = 0; r < prices.Length; r++)
            {
                prices[r] += partition.Shares[r][block] * solutions[block]!.Prices[r];
            }
        }

        var union = AllocationResult.Certified(program, Union(program, solutions!, edges), prices, options, Diagnostics(count, attempt));
        if (prices.Length > MostRowsOfACore || union.Gap() <= AllocationResult.OptimalGap)
        {
            return union;
        }

        var duals = new DualOptions(TargetGap: _options.TargetGap, MaxParallelism: _options.MaxParallelism);
        var repaired = new VertexStrategy(duals, Name).FromPrices(
            program, prices, MisplacedByBlocks, CoreFinish.FirstSize(program), options, Diagnostics(count, attempt), cancellationToken);
        return repaired?.Gap() < union.Gap() ? repaired : union;
    }

    private static EdgeProbabilities Union(AllocationProgram program, BlockSolution[] solutions, int[][] edges)
    {
        var entries = solutions.Sum(solution => solution.Probabilities!.Edges.Length);
        var (all, values, at) = (new int[entries], new double[entries], 0);
        for (var block = 0; block < solutions.Length; block++)
        {
            var x = solutions[block].Probabilities!;
            for (var i = 0; i < x.Edges.Length; i++, at++)
            {
                (all[at], values[at]) = (edges[block][x.Edges[i]], x.Values[i]);
            }
        }

        Array.Sort(all, values);
        return new EdgeProbabilities(program.EdgeCount, all, values);
    }

    private static SolveDiagnostics Diagnostics(int blocks, int attempt) => new(Name, Math.Max(1, blocks), Math.Max(1, attempt));
}
