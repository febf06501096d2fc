using Noah.Prediction.Delay;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Delay;

public sealed class DelayBucketsTests
{
    private static readonly DelayBuckets Buckets = new([0, 2, 8, 32]);

    [Fact]
    public void Of_ManyDelays_HasAsManyInEveryBucket()
    {
        var buckets = DelayBuckets.Of(Enumerable.Range(1, 1_000).Select(i => i / 40.0), 30, 5);
        Assert.Equal(5, buckets.Count);
        Assert.Equal((0, 30), (buckets.Edges[0], buckets.Edges[^1]));
        for (int b = 0; b < 4; b++)
        {
            Assert.Equal(5, buckets.Edges[b + 1] - buckets.Edges[b], 0.1);
        }
    }

    [Fact]
    public void Of_RepeatedOrNoDelays_HasFewerBuckets()
    {
        Assert.Equal([0, 1, 30], DelayBuckets.Of(Enumerable.Repeat(1.0, 100), 30, 6).Edges);
        Assert.Equal([0, 30], DelayBuckets.Of(Enumerable.Repeat(0.0, 100), 30, 6).Edges);
        Assert.Equal([0, 30], DelayBuckets.Of([], 30, 6).Edges);
    }

    [Theory]
    [InlineData(0, 0.5, 0.25)]
    [InlineData(0, 3, 1)]
    [InlineData(1, 2, 0)]
    [InlineData(1, 4, 0.5)] // Half of the way from 2 to 8 on the logarithm.
    [InlineData(2, 16, 0.5)]
    [InlineData(2, 100, 1)]
    public void Passed_AtAnyTime_IsTheShareOfTheBucket(int bucket, double time, double expected) =>
        Assert.Equal(expected, Buckets.Passed(bucket, time), 12);

    [Fact]
    public void Labels_EndExposureWithTheConversionOrWithWhatWasSeen()
    {
        // Converted after 4 of 20 days; 1 day old; past the window; converted beyond the window, which does not count.
        float[][] labels = Buckets.Labels([20, 1, 50, 50], [4, double.NaN, double.NaN, 40]);
        Assert.Equal([1f, 0.5f, 1f, 1f], labels[0]);
        Assert.Equal([0.5f, 0f, 1f, 1f], labels[1].Select(v => MathF.Round(v, 6)));
        Assert.Equal([0f, 0f, 1f, 1f], labels[2]);
        Assert.Equal([0f, 0f, 0f, 0f], labels[3]);
        Assert.Equal([1f, 0f, 0f, 0f], labels[4]);
        Assert.Equal([0f, 0f, 0f, 0f], labels[5]);
    }

    [Fact]
    public void Loss_OfTwoBuckets_IsTheClosedForm()
    {
        using var scope = NewDisposeScope();
        float[] outputs = [MathF.Log(0.2f), MathF.Log(0.4f)], labels = [1f, 0.5f, 0f, 1f];
        Assert.Equal(0.2 + 0.5 * 0.4 - Math.Log(0.4), DelayHazard.Loss(tensor(outputs, [1, 2]), tensor(labels, [1, 4])).item<float>(), 5);
    }

    [Fact]
    public void Loss_AtExtremeOutputs_StaysFinite()
    {
        using var scope = NewDisposeScope();
        float[] outputs = [1000f, -1000f], labels = [1f, 1f, 0f, 0f];
        Assert.True(float.IsFinite(DelayHazard.Loss(tensor(outputs, [1, 2]), tensor(labels, [1, 4])).item<float>()));
    }
}
