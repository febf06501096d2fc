using System.Runtime.InteropServices;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>One lane of an evaluation: scores, best actions, uses and gradient of its units in one sweep.</summary>
internal sealed class DualLane
{
    // The best two of a unit are read in whole vectors.
    private const int Padding = 8;

    private readonly AllocationProgram _program;
    private readonly ActionPrices _prices;
    private readonly RidgeWeights _weights;
    private readonly float[] _scores;
    private readonly UnitProjection _projection = new();
    private readonly UnitVertex _vertex = new();
    private readonly List<int> _candidates = [];
    private readonly List<float> _candidateScores = [];
    private readonly List<int> _candidateChannels = [];
    private readonly List<double> _candidateWeights = [];
    private readonly List<int> _group = [];
    private readonly List<float> _groupProbabilities = [];

    public DualLane(AllocationProgram program, ActionPrices prices, RidgeWeights weights, int mostEdges)
    {
        (_program, _prices, _weights) = (program, prices, weights);
        _scores = new float[mostEdges + Padding];
        Counts = new double[program.ActionCount];
        Sums = [.. prices.EdgeMeasures.Select(_ => new double[program.ActionCount])];
    }

    /// <summary>Σ x by action.</summary>
    public double[] Counts { get; }

    /// <summary>Σ use · x by measure and action.</summary>
    public double[][] Sums { get; }

    public double SmoothValue { get; private set; }

    public double ExactValue { get; private set; }

    public FreeGroups Groups { get; } = new();

    public void Run(UnitChunks chunks, int lane, double smoothing)
    {
        Array.Clear(Counts);
        foreach (var sums in Sums)
        {
            Array.Clear(sums);
        }

        Groups.Clear();
        (SmoothValue, ExactValue) = (0, 0);
        var (firstChunk, endChunk) = chunks.Chunks(lane);
        for (var chunk = firstChunk; chunk < endChunk; chunk++)
        {
            var (firstUnit, endUnit) = chunks.Units(chunk);
            var (first, end) = (_program.RowStartArray[firstUnit], _program.RowStartArray[endUnit]);
            ScoreKernel.Score(_program.ActionArray, _program.ValueArray, _prices, first, _scores.AsSpan(0, end - first));
            if (_program.Limits.AreAllSingle)
            {
                Singles(firstUnit, endUnit, first, smoothing);
                continue;
            }

            for (var unit = firstUnit; unit < endUnit; unit++)
            {
                var from = _program.RowStartArray[unit];
                Capped(unit, from, _scores.AsSpan(from - first, _program.RowStartArray[unit + 1] - from), smoothing);
            }
        }
    }

    private void Singles(int firstUnit, int endUnit, int first, double smoothing)
    {
        var (rowStart, actions) = (_program.RowStartArray, _program.ActionArray);
        var (exact, smooth, relative) = (0.0, 0.0, (float)smoothing);
        ref var scores = ref MemoryMarshal.GetArrayDataReference(_scores);
        for (var unit = firstUnit; unit < endUnit; unit++)
        {
            var from = rowStart[unit];
            var count = rowStart[unit + 1] - from;
            if (count == 0)
            {
                continue;
            }

            var (best, at, second) = ScoreKernel.TopTwo(ref System.Runtime.CompilerServices.Unsafe.Add(ref scores, from - first), count);
            if (best <= 0)
            {
                continue;
            }

            exact += best;
            var band = relative * _weights.Of(from + at);
            if (best - band < Math.Max(second, 0))
            {
                smooth += BetweenVertices(from, _scores.AsSpan(from - first, count), smoothing);
                continue;
            }

            smooth += best - (0.5f * band);
            Take(from + at, actions[from + at], 1);
        }

        ExactValue += exact;
        SmoothValue += smooth;
    }

    // Weighted projection on the simplex, after Duchi et al. 2008: in the order of the scores the support is a prefix.
    private double BetweenVertices(int from, ReadOnlySpan<float> scores, double smoothing)
    {
        _candidates.Clear();
        _candidateScores.Clear();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > 0)
            {
                _candidates.Add(from + i);
                _candidateScores.Add(scores[i]);
            }
        }

        var ordered = CollectionsMarshal.AsSpan(_candidateScores);
        var edges = CollectionsMarshal.AsSpan(_candidates);
        SortDescending(ordered, edges);
        var (threshold, sum, weight, support) = (0.0, 0.0, 0.0, 0);
        for (var k = 0; k < ordered.Length && ordered[k] > threshold; k++)
        {
            var inverse = 1.0 / _weights.Of(edges[k]);
            (sum, weight, support) = (sum + (ordered[k] * inverse), weight + inverse, k + 1);
            threshold = Math.Max(0, (sum - smoothing) / weight);
        }

        var value = 0.0;
        for (var k = 0; k < support; k++)
        {
            var ridge = smoothing * _weights.Of(edges[k]);
            var x = (ordered[k] - threshold) / ridge;
            value += x * (ordered[k] - (0.5 * ridge * x));
            Take(edges[k], _program.ActionArray[edges[k]], x);
            ordered[k] = (float)x;
        }

        if (support > 1 || threshold == 0)
        {
            Groups.Add(edges[..support], ordered[..support], threshold > 0);
            Groups.CountUnit();
        }

        return value;
    }

    // By insertion: a unit has few candidates, and a general sort costs more than it saves.
    private static void SortDescending(Span<float> scores, Span<int> edges)
    {
        for (var i = 1; i < scores.Length; i++)
        {
            var (score, edge, at) = (scores[i], edges[i], i);
            for (; at > 0 && scores[at - 1] < score; at--)
            {
                (scores[at], edges[at]) = (scores[at - 1], edges[at - 1]);
            }

            (scores[at], edges[at]) = (score, edge);
        }
    }

    private void Capped(int unit, int from, ReadOnlySpan<float> scores, double smoothing)
    {
        if (!_vertex.Choose(_program, _weights, unit, from, scores))
        {
            return;
        }

        ExactValue += _vertex.Value;
        if (_vertex.IsClear(smoothing))
        {
            foreach (var edge in _vertex.Chosen)
            {
                Take(edge, _program.ActionArray[edge], 1);
            }

            SmoothValue += _vertex.Value - (0.5 * smoothing * _vertex.Weight);
            return;
        }

        _candidates.Clear();
        _candidateScores.Clear();
        _candidateChannels.Clear();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > 0)
            {
                _candidates.Add(from + i);
                _candidateScores.Add(scores[i]);
                _candidateChannels.Add(_program.Limits.ChannelOf(_program.ActionArray[from + i]));
            }
        }

        var positive = CollectionsMarshal.AsSpan(_candidateScores);
        _candidateWeights.Clear();
        foreach (var edge in _candidates)
        {
            _candidateWeights.Add(smoothing * _weights.Of(edge));
        }

        _projection.Solve(positive, CollectionsMarshal.AsSpan(_candidateWeights), CollectionsMarshal.AsSpan(_candidateChannels), _program.Limits, unit);
        for (var i = 0; i < positive.Length; i++)
        {
            var x = _projection.X[i];
            if (x > 0)
            {
                SmoothValue += x * (positive[i] - (0.5 * _candidateWeights[i] * x));
                Take(_candidates[i], _program.ActionArray[_candidates[i]], x);
            }
        }

        AddGroups();
    }

    // One centred group for each tight channel above the unit's threshold; the rest are centred when the frequency cap is tight.
    private void AddGroups()
    {
        var before = Groups.Count;
        for (var channel = -1; channel < _projection.ChannelThresholds.Length; channel++)
        {
            _group.Clear();
            _groupProbabilities.Clear();
            for (var i = 0; i < _candidates.Count; i++)
            {
                var of = _candidateChannels[i];
                var own = of != UnitLimits.NoChannel && _projection.ChannelThresholds.Length > of && _projection.ChannelThresholds[of] > _projection.Threshold ? of : -1;
                if (own == channel && _projection.X[i] is > 0 and < 1)
                {
                    _group.Add(_candidates[i]);
                    _groupProbabilities.Add((float)_projection.X[i]);
                }
            }

            var centred = channel >= 0 || _projection.IsTight;
            if (_group.Count > (centred ? 1 : 0))
            {
                Groups.Add(CollectionsMarshal.AsSpan(_group), CollectionsMarshal.AsSpan(_groupProbabilities), centred);
            }
        }

        if (Groups.Count > before)
        {
            Groups.CountUnit();
        }
    }

    private void Take(int edge, int action, double x)
    {
        Counts[action] += x;
        for (var m = 0; m < Sums.Length; m++)
        {
            Sums[m][action] += _prices.Uses[m][edge] * x;
        }
    }
}
