using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Networks;

/// <summary>All parts together against an implementation row by row, number by number.</summary>
public sealed class NetworkPartsTests
{
    private const int Rank = 8, Token = Rank / 4, Hidden = 5, Pieces = 24;

    private static readonly ResponseOptions Options = new() { Device = ComputeDevice.Cpu };

    // Tables 0 and 1 belong to one feature; the curves read table 2.
    private static readonly NetworkShape Shape = new(2, [6, 7, 4], Actions: 2, Heads: 2, CrossLayers: 1, CrossRank: Rank, Hidden: [Hidden])
    {
        TableFeatures = [0, 0, 1],
        CrossAttention = true,
        AttentionTemperature = 0.7,
        DenseGating = true,
        CurveColumns = [2],
    };

    private readonly ActionNetwork _network = new(Shape);
    private readonly float[] _weights;
    private readonly EncodedBatch _rows;

    public NetworkPartsTests()
    {
        var random = new Random(3);
        _weights = [.. Enumerable.Range(0, _network.ParameterCount).Select(_ => (float)SyntheticCampaign.Normal(random) * 0.6f)];
        _rows = new EncodedBatch(
            3, 2, [.. Enumerable.Range(0, 6).Select(_ => (float)SyntheticCampaign.Normal(random))], 3, [5, 0, 3, 1, 6, 2, 0, 0, 0]);
    }

    [Fact]
    public void Outputs_OfAllParts_EqualASlowImplementation()
    {
        int[] actions = [0, 1, 1];
        float[] outputs = NetworkScorer.Outputs(_network, _weights, _rows, actions, Options);
        for (int row = 0; row < 3; row++)
        {
            double[] expected = Slow(row, actions[row]);
            for (int head = 0; head < 2; head++)
            {
                Assert.Equal(expected[head], outputs[row * 2 + head], 3);
            }
        }
    }

    [Fact]
    public void Outputs_OfStartingWeights_HaveCurvesThatChangeNothing()
    {
        float[] start = [-2f, 0.5f, -1f, 0.25f];
        var without = new ActionNetwork(Shape with { CurveColumns = null });
        float[] plain = NetworkScorer.Outputs(without, without.Initialize(new Random(4), start), _rows, [0, 1, 1], Options);
        float[] curved = NetworkScorer.Outputs(_network, _network.Initialize(new Random(4), start), _rows, [0, 1, 1], Options);
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i], curved[i], 4);
        }
    }

    [Fact]
    public void RepresentationOfTheAttentionCross_WithoutAttention_IsThatOfAPlainCross()
    {
        float[] weights = [.. _weights];
        Values("attention.0.scale", weights)[0] = 0;
        // The value map stands third in the fused one: the plain cross gets the same.
        int width = Shape.InputWidth;
        Values("attention.0.down", weights)[(2 * Rank * width)..].CopyTo(Values("cross.0.down", weights));
        Values("attention.0.up", weights).CopyTo(Values("cross.0.up", weights));
        Values("attention.0.bias", weights).CopyTo(Values("cross.0.bias", weights));
        float[] represented = NetworkScorer.Representations(_network, weights, _rows, Options);
        for (int i = 0; i < width; i++)
        {
            Assert.Equal(represented[i], represented[width + i], 5);
        }
    }

    private Span<float> Values(string name, float[] weights)
    {
        var block = _network.Blocks.Single(candidate => candidate.Name == name);
        return weights.AsSpan(block.Offset, block.Length);
    }

    private double[] Row(string name, int row, int width) => [.. Values(name, _weights).Slice(row * width, width).ToArray().Select(x => (double)x)];

    private double[] Times(string name, double[] x)
    {
        int rows = Values(name, _weights).Length / x.Length;
        return [.. Enumerable.Range(0, rows).Select(i => Row(name, i, x.Length).Zip(x, (a, b) => a * b).Sum())];
    }

    private double[] Layer(string name, string bias, double[] x)
    {
        double[] product = Times(name, x);
        return [.. product.Zip(Row(bias, 0, product.Length), (a, b) => a + b)];
    }

    private double[] Slow(int row, int action)
    {
        int[] codes = _rows.Codes[(row * 3)..(row * 3 + 3)];
        int first = Shape.WidthOf(0), second = Shape.WidthOf(1);
        double[] sum = [.. Row("embedding.0", codes[0], first).Zip(Row("embedding.1", codes[1], first), (a, b) => a + b)];
        double[] x0 = [_rows.Numeric[row * 2], _rows.Numeric[row * 2 + 1], .. sum, .. Row("embedding.2", codes[2], second)];
        double[] crossed = Layer("cross.0.up", "cross.0.bias", Times("cross.0.down", x0));
        double[] attended = Layer("attention.0.up", "attention.0.bias", Attend(Times("attention.0.down", x0)));
        double[] hidden = [.. Layer("trunk.0.weight", "trunk.0.bias", x0).Select(h => Math.Max(0, h))];
        double[] gate = Layer("trunk.0.gate.weight", "trunk.0.gate.bias", hidden);
        double[] z =
        [
            .. x0.Zip(crossed, (x, c) => x * c + x), .. x0.Zip(attended, (x, c) => x * c + x),
            .. hidden.Zip(gate, (h, g) => h * SyntheticCampaign.Sigmoid(g)),
        ];
        double[] heads = Layer("head.weight", "head.bias", z), effects = Layer("effect.weight", "effect.bias", z);
        return [.. heads.Select((logit, head) => Curve(head, logit + action * effects[head], codes[2]))];
    }

    private double[] Attend(double[] mapped)
    {
        double[] query = mapped[..Rank], key = mapped[Rank..(2 * Rank)], value = mapped[(2 * Rank)..];
        double scale = Values("attention.0.scale", _weights)[0];
        var result = (double[])value.Clone();
        for (int t = 0; t < Rank / Token; t++)
        {
            double[] scores = [.. Enumerable.Range(0, Rank / Token).Select(u => Math.Exp(
                Enumerable.Range(0, Token).Sum(i => query[t * Token + i] * key[u * Token + i]) / (0.7 * Math.Sqrt(Token))))];
            for (int i = 0; i < Token; i++)
            {
                result[t * Token + i] += scale * scores.Select((score, u) => score / scores.Sum() * value[u * Token + i]).Sum();
            }
        }
        return result;
    }

    /// <summary>By integrating the slope from the left end: what a piecewise linear curve is.</summary>
    private double Curve(int head, double logit, int code)
    {
        double[] embedding = Row("curve.embedding.0", code, 2 * (Pieces + 1))[(head * (Pieces + 1))..((head + 1) * (Pieces + 1))];
        double result = -8 + Row("curve.bias", 0, 2)[head] + embedding[Pieces];
        for (int i = 0; i < Pieces; i++)
        {
            double slope = Math.Max(0, Row("curve.slopes", head, Pieces)[i] + embedding[i]) + 0.01, start = -8 + 0.5 * i;
            double end = i == Pieces - 1 ? double.PositiveInfinity : start + 0.5;
            if (i == 0 || logit > start)
            {
                result += slope * (Math.Min(logit, end) - start);
            }
        }
        return result;
    }
}
