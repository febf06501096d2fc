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
/// shares, and the certificate on the whole program says how much the partition cost. If a block is infeasible (a lower bound that its
/// few units cannot meet), the blocks are doubled, up to the whole program, whose explanation is then the answer.
/// </remarks>
/// <param name="options">Block size, stratification, parallelism; null for the defaults.</param>
/// <param name="inner">Solver of a block; null for <see cref="ExactSolver"/> with the dual simplex.</param>
public sealed class PartitionSolver(PartitionOptions? options = null, IAllocationSolver? inner = null) : IAllocationSolver
{
    private readonly PartitionOptions _options = options ?? new PartitionOptions();
    private readonly IAllocationSolver _inner = inner ?? new ExactSolver();

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
                var result = SolveBlocks(program, blocks, options, attempt, limited.Token);
                if (result.Status != AllocationStatus.Infeasible)
                {
                    return result;
                }
            }

            return _inner.Solve(program, options, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AllocationResult.Without(AllocationStatus.TimeLimit, options, Diagnostics(blocks, attempt));
        }
    }

    private AllocationResult SolveBlocks(AllocationProgram program, int count, SolveOptions options, int attempt, CancellationToken cancellationToken)
    {
        var blocks = UnitPartition.Draw(program, count, options.Seed, _options.Stratify);
        var shares = UnitPartition.Shares(program, blocks);
        var slices = new ProgramSlice[count];
        var results = new AllocationResult[count];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = _options.MaxParallelism ?? -1 };
        Parallel.For(0, count, parallel, (block, loop) =>
        {
            var bounds = program.Rows.Select((row, r) => (row.Lower * shares[r][block], row.Upper * shares[r][block])).ToArray();
            slices[block] = ProgramSlice.Take(program, blocks[block], bounds);
            results[block] = _inner.Solve(slices[block].Program, options with { TimeLimit = null }, cancellationToken);
            if (!results[block].TryGetAllocation(out _))
            {
                loop.Break();
            }
        });

        if (Array.Find(results, result => result is not null && !result.TryGetAllocation(out _)) is { } failed)
        {
            return failed;
        }

        var x = new double[program.EdgeCount];
        var prices = new double[program.Rows.Count];
        for (var block = 0; block < count; block++)
        {
            results[block].TryGetAllocation(out var allocation);
            for (var i = 0; i < allocation!.Probabilities.Edges.Length; i++)
            {
                x[slices[block].Edges[allocation.Probabilities.Edges[i]]] = allocation.Probabilities.Values[i];
            }

            for (var r = 0; r < prices.Length; r++)
            {
                prices[r] += shares[r][block] * allocation!.DualPrices[r];
            }
        }

        return AllocationResult.Certified(program, x, prices, options, Diagnostics(count, attempt));
    }

    private static SolveDiagnostics Diagnostics(int blocks, int attempt) => new("random partition", Math.Max(1, blocks), Math.Max(1, attempt));
}
