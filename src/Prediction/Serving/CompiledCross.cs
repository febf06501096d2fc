using System.Runtime.Intrinsics;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Serving;

/// <summary>Low-rank cross layers, plain or with attention between the maps down and up.</summary>
internal sealed unsafe class CompiledCross
{
    private readonly Layer[] _layers;
    private readonly int _width, _rank, _tokens;
    private readonly float _scoreScale;

    /// <param name="shape">Of the network.</param>
    /// <param name="width">Numbers that enter it.</param>
    /// <param name="hasAttention">Which of the two kinds.</param>
    /// <param name="reader">The weights.</param>
    /// <param name="precision">Of the layers.</param>
    public CompiledCross(NetworkShape shape, int width, bool hasAttention, WeightReader reader, ScoringPrecision precision)
    {
        _width = width;
        _rank = shape.CrossRank;
        _tokens = hasAttention
            ? Enumerable.Range(1, AttentionCrossNetwork.MostTokens).Last(tokens => shape.CrossRank % tokens == 0)
            : 0;
        _scoreScale = hasAttention ? (float)(1 / (shape.AttentionTemperature * Math.Sqrt(_rank / _tokens))) : 0;
        string kind = hasAttention ? "attention" : "cross";
        _layers =
        [
            .. Enumerable.Range(0, shape.CrossLayers).Select(l => new Layer(
                reader.Layer($"{kind}.{l}.down", null, precision),
                reader.Layer($"{kind}.{l}.up", $"{kind}.{l}.bias", precision),
                hasAttention ? reader[$"{kind}.{l}.scale"][0] : 0)),
        ];
    }

    public int Widest => _layers.Length == 0 ? 0 : _layers.Max(layer => Math.Max(layer.Down.Written, layer.Up.Written));

    /// <param name="tile">Its room.</param>
    /// <param name="input">Of the network.</param>
    /// <param name="output">[width][32].</param>
    public void Apply(LaneTile tile, LayerInput input, float* output)
    {
        float* x = tile.Input;
        if (_layers.Length == 0)
        {
            new ReadOnlySpan<float>(x, _width * Lanes.Rows).CopyTo(new Span<float>(output, _width * Lanes.Rows));
        }
        foreach (var layer in _layers)
        {
            layer.Down.Apply(x == tile.Input ? input : tile.Read(x, _width), tile.Hidden);
            float* low = tile.Hidden;
            if (_tokens > 0)
            {
                Attend(tile.Hidden, layer.Scale);
                low += 2 * _rank * Lanes.Rows;
            }
            layer.Up.Apply(tile.Read(low, _rank), tile.Mapped);
            LaneMath.Cross(tile.Input, tile.Mapped, x, output, _width);
            x = output;
        }
    }

    /// <summary>Adds to the values what the tokens read of each other: v + g · softmax(q kᵀ · scale) v.</summary>
    /// <param name="mapped">[3 × rank][32]: queries, keys and values; the values are replaced.</param>
    /// <param name="share">g.</param>
    private void Attend(float* mapped, float share)
    {
        int width = _rank / _tokens;
        float* keys = mapped + (_rank * Lanes.Rows), values = keys + (_rank * Lanes.Rows);
        // Values are replaced only when all tokens have read them: the mixed ones wait where the queries of the same token were.
        for (int half = 0; half < Lanes.Rows; half += Lanes.Half)
        {
            for (int t = 0; t < _tokens; t++)
            {
                Mix(mapped + (t * width * Lanes.Rows) + half, keys + half, values + half, width);
            }
            for (int i = 0; i < _rank; i++)
            {
                float* value = values + (i * Lanes.Rows) + half;
                var mixed = Vector512.Load(mapped + (i * Lanes.Rows) + half);
                Vector512.FusedMultiplyAdd(mixed, Vector512.Create(share), Vector512.Load(value)).Store(value);
            }
        }
    }

    private void Mix(float* query, float* keys, float* values, int width)
    {
        Vector512<float>* scores = stackalloc Vector512<float>[AttentionCrossNetwork.MostTokens];
        var highest = Vector512.Create(float.NegativeInfinity);
        for (int u = 0; u < _tokens; u++)
        {
            var score = Vector512<float>.Zero;
            for (int i = 0; i < width; i++)
            {
                score = Vector512.FusedMultiplyAdd(
                    Vector512.Load(query + (i * Lanes.Rows)), Vector512.Load(keys + (((u * width) + i) * Lanes.Rows)), score);
            }
            scores[u] = score * Vector512.Create(_scoreScale);
            highest = Vector512.MaxNative(highest, scores[u]);
        }
        var total = Vector512<float>.Zero;
        for (int u = 0; u < _tokens; u++)
        {
            scores[u] = Vector512.Exp(scores[u] - highest);
            total += scores[u];
        }
        for (int i = 0; i < width; i++)
        {
            var mixed = Vector512<float>.Zero;
            for (int u = 0; u < _tokens; u++)
            {
                mixed = Vector512.FusedMultiplyAdd(scores[u], Vector512.Load(values + (((u * width) + i) * Lanes.Rows)), mixed);
            }
            (mixed / total).Store(query + (i * Lanes.Rows));
        }
    }

    private sealed record Layer(DenseLayer Down, DenseLayer Up, float Scale);
}
