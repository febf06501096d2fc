using Noah.Experimentation.Clustered;

namespace Noah.Experimentation.Tests.Clustered;

public sealed class GeeTests
{
    // Accounts of 5 members assigned as a whole, 12 accounts: what the correction is for.
    [Fact]
    public void SmallSample_WithFewClusters_HoldsItsLevel()
    {
        const int runs = 500, clusters = 12, size = 5;
        var random = new Random(1);
        int corrected = 0, plain = 0;
        int[] ids = [.. Enumerable.Range(0, clusters * size).Select(i => i / size)];
        double[] z = [.. ids.Select(id => id % 2 == 0 ? 1.0 : 0)];
        for (var run = 0; run < runs; run++)
        {
            double[] effects = [.. Enumerable.Range(0, clusters).Select(_ => Draw.Normal(random))];
            double[] y = [.. ids.Select(id => effects[id] + Draw.Normal(random))];
            corrected += GeneralizedEstimatingEquations.Fit(y, z, ids).Coefficients[1].PValue <= 0.05 ? 1 : 0;
            plain += GeneralizedEstimatingEquations.Fit(y, z, ids, new() { SmallSample = false }).Coefficients[1].PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(corrected / (double)runs, 0.011, 0.089);
        Assert.True(plain > corrected + 15, $"{plain} {corrected}");
    }

    [Fact]
    public void Status_SaysWhatIsMissing()
    {
        double[] y = [1, 2, 3, 4], z = [0, 1, 0, 1], constant = [1, 1, 1, 1];
        Assert.Equal(GeeStatus.TooFewClusters, GeneralizedEstimatingEquations.Fit(y, z, [1, 1, 2, 2]).Status);
        Assert.Equal(GeeStatus.Singular, GeneralizedEstimatingEquations.Fit(y, constant, [1, 2, 3, 4]).Status);
        Assert.Equal(
            GeeStatus.NotConverged,
            GeneralizedEstimatingEquations.Fit([0, 0, 0, 0], z, [1, 2, 3, 4], new() { Family = ResponseFamily.Poisson }).Status);
        var wrong = Assert.Throws<ArgumentException>(() =>
            GeneralizedEstimatingEquations.Fit([0, -1, 0, 2], z, [1, 2, 3, 4], new() { Family = ResponseFamily.Poisson }));
        Assert.Contains("Value 1", wrong.Message);
    }
}
