using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>Evaluates the dual on the cores of this machine: one fused, vectorised sweep over the edges.</summary>
/// <remarks>Scores are single precision, sums double: values are good to about 1e-8 relative, and what is certified is recomputed in double precision.
/// Not for use from several threads at once.</remarks>
public sealed class LocalDualEvaluator : IDualEvaluator
{
    private readonly ActionPrices _prices;
    private readonly UnitChunks _chunks;
    private readonly DualLane[] _lanes;
    private readonly ParallelOptions _parallel;

    /// <param name="program">The program.</param>
    /// <param name="maxParallelism">Most threads; null for as many as there are cores. Results do not depend on it.</param>
    public LocalDualEvaluator(AllocationProgram program, int? maxParallelism = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        _prices = new ActionPrices(program);
        _chunks = new UnitChunks(program);
        var weights = new RidgeWeights(program);
        _lanes = [.. Enumerable.Range(0, _chunks.Lanes).Select(_ => new DualLane(program, _prices, weights, _chunks.MostEdges))];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = maxParallelism ?? -1 };
    }

    /// <inheritdoc/>
    public DualEvaluation Evaluate(ReadOnlySpan<double> prices, double smoothing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        foreach (var price in prices)
        {
            if (!float.IsFinite((float)price))
            {
                throw new ArgumentOutOfRangeException(nameof(prices), price, "Prices must be finite in single precision.");
            }
        }

        _prices.Set(prices);
        Parallel.For(0, _lanes.Length, _parallel, lane => _lanes[lane].Run(_chunks, lane, smoothing));
        var (smooth, exact, groups) = (0.0, 0.0, new FreeGroups());
        var counts = new double[_prices.Offsets.Length];
        double[][] sums = [.. _prices.EdgeMeasures.Select(_ => new double[counts.Length])];
        foreach (var lane in _lanes)
        {
            smooth += lane.SmoothValue;
            exact += lane.ExactValue;
            groups.Append(lane.Groups);
            Add(lane.Counts, counts);
            for (var m = 0; m < sums.Length; m++)
            {
                Add(lane.Sums[m], sums[m]);
            }
        }

        return new DualEvaluation(smooth, exact, _prices.RowUses(counts, sums), groups);
    }

    private static void Add(double[] from, double[] to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
