using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Tests.Evaluation;

public sealed class ValueMetricsTests
{
    [Fact]
    public void NormalizedGini_OfTrueOrder_IsOne_AndOfReverse_IsMinusOne()
    {
        float[] amounts = [0, 0, 5, 1, 20, 3];
        float[] none = new float[6];
        Assert.Equal(1, ValueMetrics.Compute([1, 1, 30, 2, 40, 3], none, amounts).NormalizedGini!.Value, 12);
        Assert.Equal(-1, ValueMetrics.Compute([40, 40, 2, 30, 1, 3], none, amounts).NormalizedGini!.Value, 12);
    }

    [Fact]
    public void NormalizedGini_OfTies_IsTheMeanOverTheirOrders()
    {
        // Shares after each row, best first: order a gives 10 then 0, order b 0 then 10; the tie must lie between.
        float[] amounts = [10, 0, 4], none = new float[3];
        double first = ValueMetrics.Compute([2.1f, 2, 1], none, amounts).NormalizedGini!.Value;
        double second = ValueMetrics.Compute([2, 2.1f, 1], none, amounts).NormalizedGini!.Value;
        Assert.Equal((first + second) / 2, ValueMetrics.Compute([2, 2, 1], none, amounts).NormalizedGini!.Value, 12);
    }

    [Fact]
    public void Spearman_WithoutTies_MatchesTheDifferenceFormula()
    {
        // Ranks of the means: 2 1 4 3 5; of the amounts: 1 2 3 4 5. 1 - 6·(1+1+1+1)/(5·24).
        var metrics = ValueMetrics.Compute([20, 10, 40, 30, 50], new float[5], [1, 2, 3, 4, 5]);
        Assert.Equal(1 - 6.0 * 4 / (5 * 24), metrics.Spearman!.Value, 12);
    }

    [Fact]
    public void DecileMape_OfHandCase_IsTheMeanRelativeMiss()
    {
        float[] means = [.. Enumerable.Range(1, 10).Select(i => (float)i)], amounts = [.. means.Select(m => m / 2)];
        var metrics = ValueMetrics.Compute(means, new float[10], amounts);
        Assert.Equal(1, metrics.DecileMape!.Value, 12);
        Assert.Equal(10, metrics.Deciles.Count);
    }

    [Fact]
    public void Compute_WithoutAnyAmount_HasNoRatio()
    {
        var metrics = ValueMetrics.Compute(new float[20], new float[20], new float[20]);
        Assert.Null(metrics.NormalizedGini);
        Assert.Null(metrics.Spearman);
        Assert.Null(metrics.DecileMape);
    }
}
