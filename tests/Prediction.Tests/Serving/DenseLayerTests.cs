using Noah.Prediction.Serving;

namespace Noah.Prediction.Tests.Serving;

public sealed unsafe class DenseLayerTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 3, 4 }, { 5, 12 }, { 8, 13 }, { 180, 64 }, { 64, 183 }, { 7, 27 } };

    [Theory, MemberData(nameof(Sizes))]
    public void Apply_InFullPrecision_IsTheSumInOrderToTheBit_AtAnyVectorLength(int inputs, int outputs)
    {
        var (weights, bias, x) = Draw(inputs, outputs);
        foreach (bool wide in (bool[])[true, false])
        {
            float[] y = Apply(new FloatLayer(weights, bias, inputs, wide), x, outputs);
            for (int o = 0; o < outputs; o++)
            {
                for (int row = 0; row < Lanes.Rows; row++)
                {
                    float sum = bias[o];
                    for (int k = 0; k < inputs; k++)
                    {
                        sum = MathF.FusedMultiplyAdd(x[(k * Lanes.Rows) + row], weights[(o * inputs) + k], sum);
                    }
                    Assert.Equal(sum, y[(o * Lanes.Rows) + row]);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Apply_InBytes_IsTheProductOfTheRoundedNumbers(int inputs, int outputs)
    {
        var (weights, bias, x) = Draw(inputs, outputs);
        float[] y = Apply(new ByteLayer(weights, bias, inputs), x, outputs);
        for (int o = 0; o < outputs; o++)
        {
            double scale = weights.Skip(o * inputs).Take(inputs).Max(Math.Abs) / 127.0;
            for (int row = 0; row < Lanes.Rows; row++)
            {
                float[] values = [.. Enumerable.Range(0, inputs).Select(k => x[(k * Lanes.Rows) + row])];
                double lowest = values.Min(), step = (values.Max() - lowest) / 255, sum = bias[o], slack = 1e-5;
                for (int k = 0; k < inputs; k++)
                {
                    double weight = scale * Math.Round(weights[(o * inputs) + k] / scale);
                    sum += weight * (lowest + (step * (step > 0 ? Math.Round((values[k] - lowest) / step) : 0)));
                    // A number halfway between two levels may go either way.
                    slack += Math.Abs(weight) * (step > 0 && Math.Abs(((values[k] - lowest) / step % 1) - 0.5) < 1e-3 ? step : 0);
                }
                Assert.InRange(y[(o * Lanes.Rows) + row], sum - slack, sum + slack);
            }
        }
    }

    [Fact]
    public void Apply_InBytes_OfTheLargestSums_DoesNotOverflow()
    {
        const int Inputs = ByteLayer.MostInputs;
        float[] weights = [.. Enumerable.Repeat(1f, Inputs)], x = new float[Inputs * Lanes.Rows];
        Array.Fill(x, 1f);
        // One number apart gives the rows a range.
        x.AsSpan(0, Lanes.Rows).Clear();
        float[] y = Apply(new ByteLayer(weights, [0f], Inputs), x, 1);
        Assert.All(y[..Lanes.Rows], sum => Assert.Equal(Inputs - 1, sum, 0.5f));
    }

    [Fact]
    public void Apply_InBytes_OfEqualNumbersAndOfZeroWeights_IsExact()
    {
        float[] x = [.. Enumerable.Repeat(0.37f, 5 * Lanes.Rows)];
        float[] y = Apply(new ByteLayer([1f, 1f, 1f, 1f, 1f, 0f, 0f, 0f, 0f, 0f], [0.5f, 0.25f], 5), x, 2);
        Assert.All(y[..Lanes.Rows], value => Assert.Equal(2.35f, value, 1e-5f));
        Assert.All(y[Lanes.Rows..(2 * Lanes.Rows)], value => Assert.Equal(0.25f, value));
    }

    private static (float[] Weights, float[] Bias, float[] Inputs) Draw(int inputs, int outputs)
    {
        var random = new Random((inputs * 1000) + outputs);
        float[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)SyntheticCampaign.Normal(random))];
        return (Normals(inputs * outputs), Normals(outputs), Normals(inputs * Lanes.Rows));
    }

    private static float[] Apply(DenseLayer layer, float[] x, int outputs)
    {
        var tile = new LaneTile(layer.Inputs, 4, Math.Max(layer.Written, layer.Inputs), 4, quantizes: layer is ByteLayer);
        x.CopyTo(new Span<float>(tile.Input, x.Length));
        layer.Apply(tile.Read(tile.Input, layer.Inputs, isInput: true), tile.Hidden);
        float[] y = new Span<float>(tile.Hidden, outputs * Lanes.Rows).ToArray();
        GC.KeepAlive(tile);
        return y;
    }
}
