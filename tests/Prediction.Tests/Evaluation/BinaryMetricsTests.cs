using Noah.Prediction.Evaluation;

namespace Noah.Prediction.Tests.Evaluation;

public sealed class BinaryMetricsTests
{
    [Fact]
    public void Auc_WithTies_EqualsThePairCount()
    {
        var random = new Random(4);
        float[] scores = [.. Enumerable.Range(0, 300).Select(_ => random.Next(12) / 12f)];
        float[] outcomes = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(2))];
        double won = 0, pairs = 0;
        for (int i = 0; i < 300; i++)
        {
            for (int j = 0; j < 300; j++)
            {
                if (outcomes[i] == 1f && outcomes[j] == 0f)
                {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        Assert.Equal(won / pairs, BinaryMetrics.Compute(scores, outcomes).Auc!.Value, 12);
    }

    [Fact]
    public void Compute_OfOneClass_HasNoAuc()
    {
        var metrics = BinaryMetrics.Compute([0.2f, 0.4f], [0f, 0f]);
        Assert.Null(metrics.Auc);
        Assert.Equal(0, metrics.BaseRateLogLoss, 6);
    }

    [Fact]
    public void Compute_OfHandCase_MatchesHandFigures()
    {
        var metrics = BinaryMetrics.Compute([0.5f, 0.5f, 0.25f, 0.25f], [1f, 0f, 0f, 1f], bins: 2);
        Assert.Equal((2 * Math.Log(2) - Math.Log(0.75) - Math.Log(0.25)) / 4, metrics.LogLoss, 6);
        Assert.Equal((0.25 + 0.25 + 0.0625 + 0.5625) / 4, metrics.Brier, 6);
        Assert.Equal((0 + 0.25) / 2, metrics.ExpectedCalibrationError, 6);
        Assert.Equal(Math.Log(2), metrics.BaseRateLogLoss, 6);
        Assert.Equal([2, 2], metrics.CalibrationBins.Select(bin => bin.Rows));
    }

    [Theory]
    [InlineData(float.NaN, 1f)]
    [InlineData(1.5f, 1f)]
    [InlineData(0.5f, 0.5f)]
    public void Compute_OutsideTheRange_Throws(float probability, float outcome) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryMetrics.Compute([probability], [outcome]));
}
