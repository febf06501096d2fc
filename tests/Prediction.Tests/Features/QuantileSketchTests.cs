using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class QuantileSketchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(QuantileSketch.Capacity)]
    public void Quantile_UpToTheCapacity_IsThatOfTheSortedValues(int count)
    {
        float[] values = Draw(count, 1);
        var sample = SampleOf(values);
        Array.Sort(values);
        Assert.Equal(values[0], sample.Quantile(0));
        Assert.Equal(values[^1], sample.Quantile(1));
        Assert.Equal((values[(count - 1) / 2] + (double)values[count / 2]) / 2, sample.Quantile(0.5), 5);
    }

    [Theory]
    [InlineData(QuantileSketch.Capacity + 1)]
    [InlineData(1_000_000)]
    public void Quantile_BeyondTheCapacity_IsOffByNoMoreThanTheBound(int count)
    {
        float[] rising = [.. Enumerable.Range(0, count).Select(i => (float)i)], values = [.. rising];
        foreach (float[] order in new[] { rising, [.. rising.Reverse()], Shuffled(values) })
        {
            var sample = SampleOf(order);
            Assert.Equal(count, sample.Count);
            // Halvings at a level move a rank by its weight at most: n / capacity a level.
            double bound = Math.Ceiling(Math.Log2((double)count / QuantileSketch.Capacity) + 1) * count / QuantileSketch.Capacity + 1;
            for (double p = 0.01; p < 1; p += 0.01)
            {
                Assert.InRange(sample.Quantile(p), (p * (count - 1)) - bound, (p * (count - 1)) + bound);
            }
        }
    }

    [Fact]
    public void Deviation_OfASample_IsNearThatOfAll()
    {
        float[] values = Draw(500_000, 3);
        double mean = values.Average(value => (double)value);
        double expected = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(1, SampleOf(values).Deviation() / expected, 0.001);
    }

    private static WeightedSample SampleOf(float[] values)
    {
        var sketch = new QuantileSketch();
        foreach (float value in values)
        {
            sketch.Add(value);
        }
        return sketch.Sample();
    }

    private static float[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)SyntheticCampaign.Normal(random))];
    }

    private static float[] Shuffled(float[] values)
    {
        new Random(2).Shuffle(values);
        return values;
    }
}
