using System.Collections.Concurrent;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>
/// A trained network made ready for scoring, once: weights in the order in which vector code reads them, tables where they are. It holds no
/// native memory, is safe to share between threads, and the outputs of a row are the same bits whatever rows stand beside it.
/// </summary>
internal sealed unsafe class CompiledNetwork
{
    private readonly NetworkShape _shape;
    private readonly RowGather _gather;
    private readonly CompiledCross _cross;
    private readonly CompiledCross? _attention;
    private readonly CompiledTrunk _trunk;
    private readonly CompiledHeads _heads;
    private readonly CompiledCurves? _curves;
    private readonly ScoringPrecision _precision;
    private readonly ConcurrentBag<LaneTile> _tiles = [];

    /// <param name="shape">Of the network.</param>
    /// <param name="blocks">Of its layout.</param>
    /// <param name="weights">The flat vector; not copied where it holds tables.</param>
    /// <param name="precision">In what numbers layers are multiplied.</param>
    public CompiledNetwork(NetworkShape shape, IReadOnlyList<ParameterBlock> blocks, float[] weights, ScoringPrecision precision)
    {
        var reader = new WeightReader(blocks, weights);
        _shape = shape;
        _precision = precision;
        _gather = new RowGather(shape, reader);
        _cross = new CompiledCross(shape, _gather.Width, hasAttention: false, reader, precision);
        _attention = shape.CrossAttention ? new CompiledCross(shape, _gather.Width, hasAttention: true, reader, precision) : null;
        _trunk = new CompiledTrunk(shape.Hidden.Length, shape.DenseGating, reader, precision);
        _heads = new CompiledHeads(shape, reader);
        _curves = shape.CurveColumns is { } columns ? new CompiledCurves(shape, columns, reader) : null;
    }

    /// <summary>Outputs under the action of each row.</summary>
    /// <param name="rows">Checked by <see cref="BatchCheck"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="actions">[rows that are scored], checked.</param>
    /// <param name="outputs">[rows that are scored × heads].</param>
    public void Outputs(EncodedBatch rows, int first, ReadOnlySpan<int> actions, Span<float> outputs)
    {
        var tile = Rent();
        for (int done = 0; done < actions.Length; done += Lanes.Rows)
        {
            int count = Math.Min(Lanes.Rows, actions.Length - done);
            Represent(tile, rows, first + done, count, Math.Min(Lanes.Rows, actions.Length - done - count));
            var target = outputs.Slice(done * _shape.Heads, count * _shape.Heads);
            _heads.Apply(tile, actions.Slice(done, count), target);
            Calibrate(rows, first + done, count, target);
        }
        _tiles.Add(tile);
    }

    /// <summary>Outputs under every action, from one pass.</summary>
    /// <param name="rows">Checked by <see cref="BatchCheck"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="outputs">[rows that are scored × actions × heads].</param>
    public void OutputsOfAll(EncodedBatch rows, int first, Span<float> outputs)
    {
        var tile = Rent();
        int width = _shape.Actions * _shape.Heads, total = outputs.Length / width;
        for (int done = 0; done < total; done += Lanes.Rows)
        {
            int count = Math.Min(Lanes.Rows, total - done);
            Represent(tile, rows, first + done, count, Math.Min(Lanes.Rows, total - done - count));
            var target = outputs.Slice(done * width, count * width);
            _heads.ApplyAll(tile, count, target);
            Calibrate(rows, first + done, count, target);
        }
        _tiles.Add(tile);
    }

    /// <summary>The last activation before the heads.</summary>
    /// <param name="rows">Checked by <see cref="BatchCheck"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="representations">[rows that are read × representation].</param>
    public void Representations(EncodedBatch rows, int first, Span<float> representations)
    {
        var tile = Rent();
        int width = _shape.RepresentationWidth, total = representations.Length / width;
        for (int done = 0; done < total; done += Lanes.Rows)
        {
            int count = Math.Min(Lanes.Rows, total - done);
            Represent(tile, rows, first + done, count, Math.Min(Lanes.Rows, total - done - count));
            for (int row = 0; row < count; row++)
            {
                var target = representations.Slice((done + row) * width, width);
                for (int i = 0; i < width; i++)
                {
                    target[i] = tile.Representation[(i * Lanes.Rows) + row];
                }
            }
        }
        _tiles.Add(tile);
    }

    private void Represent(LaneTile tile, EncodedBatch rows, int first, int count, int next)
    {
        int width = _gather.Width;
        _gather.Read(rows, first, count, tile.Input);
        _gather.Prefetch(rows, first + count, next);
        var input = tile.Read(tile.Input, width, isInput: true);
        float* target = tile.Representation;
        _cross.Apply(tile, input, target);
        if (_attention is not null)
        {
            target += width * Lanes.Rows;
            _attention.Apply(tile, input, target);
        }
        _trunk.Apply(tile, input, target + (width * Lanes.Rows));
    }

    private void Calibrate(EncodedBatch rows, int first, int count, Span<float> outputs)
    {
        int width = outputs.Length / count;
        for (int row = 0; _curves is not null && row < count; row++)
        {
            _curves.Apply(rows, first + row, outputs.Slice(row * width, width));
        }
    }

    private LaneTile Rent() => _tiles.TryTake(out var tile)
        ? tile
        : new LaneTile(
            _gather.Width, _shape.RepresentationWidth, Math.Max(Math.Max(_cross.Widest, _attention?.Widest ?? 0), _trunk.Widest), _heads.Written,
            _precision == ScoringPrecision.Reduced);
}
