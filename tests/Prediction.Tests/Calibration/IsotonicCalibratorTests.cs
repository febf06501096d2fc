using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Calibration;

public sealed class IsotonicCalibratorTests
{
    private const int Rows = 20_000;

    private readonly float[] _logits = new float[Rows], _labels = new float[Rows];
    private readonly string?[] _channels = new string?[Rows];

    public IsotonicCalibratorTests()
    {
        var random = new Random(5);
        for (int row = 0; row < Rows; row++)
        {
            double logit = -1 + 1.2 * SyntheticCampaign.Normal(random);
            bool push = random.Next(2) == 0;
            _channels[row] = push ? "push" : "mail";
            _logits[row] = (float)(push ? 2 * logit + 1 : logit);
            _labels[row] = random.NextDouble() < SyntheticCampaign.Sigmoid(logit) ? 1f : 0f;
        }
    }

    [Fact]
    public void Apply_WhereAChannelIsBent_BringsItBack()
    {
        var features = Table(_channels);
        var calibrator = IsotonicCalibrator.Fit(_logits, features, _labels, cancellation: TestContext.Current.CancellationToken);
        float[] raw = [.. _logits.Select(logit => (float)SyntheticCampaign.Sigmoid(logit))], calibrated = calibrator.Apply(_logits, features);
        double before = BinaryMetrics.Compute(raw, _labels).ExpectedCalibrationError;
        double after = BinaryMetrics.Compute(calibrated, _labels).ExpectedCalibrationError;
        Assert.True(after < 0.25 * before, $"The calibration error went from {before:F4} to {after:F4}.");
        foreach (string channel in new[] { "mail", "push" })
        {
            int[] own = [.. Enumerable.Range(0, Rows).Where(row => _channels[row] == channel)];
            Assert.InRange(own.Sum(row => _labels[row]) / own.Sum(row => calibrated[row]), 0.95, 1.05);
        }
    }

    [Theory]
    [InlineData("mail")]
    [InlineData("push")]
    [InlineData("never seen")]
    [InlineData(null)]
    public void Curve_OfEachChannel_Rises(string? channel)
    {
        // Labels that fall with the logit pull every slope down: only the construction holds them up.
        float[] falling = [.. _logits.Select(logit => logit < -1 ? 1f : 0f)];
        var options = new IsotonicCalibratorOptions { Epochs = 5, LearningRate = 0.2 };
        var calibrator = IsotonicCalibrator.Fit(_logits, Table(_channels), falling, options, TestContext.Current.CancellationToken);
        float[] grid = [.. Enumerable.Range(0, 400).Select(point => -10f + point * 0.04f)];
        float[] curve = calibrator.Apply(grid, Table([.. Enumerable.Repeat(channel, 400)]));
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.True(curve[0] < curve[^1]);
    }

    [Fact]
    public void Fit_WithTheSameSeed_GivesTheSameBits()
    {
        var options = new IsotonicCalibratorOptions { Epochs = 2 };
        float[] Run() => IsotonicCalibrator.Fit(_logits, Table(_channels), _labels, options).Apply(_logits, Table(_channels));
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Fit_OfWrongArguments_NamesThem()
    {
        var features = Table(_channels);
        var numeric = new FeatureTable([FeatureColumn.Numeric("age", new float[Rows])]);
        Assert.Throws<ArgumentOutOfRangeException>("logits", () => IsotonicCalibrator.Fit([1f], features, _labels));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => IsotonicCalibrator.Fit(_logits, features, [1f]));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => IsotonicCalibrator.Fit(_logits, features, _logits));
        Assert.Throws<ArgumentException>("features", () => IsotonicCalibrator.Fit(_logits, numeric, _labels));
        Assert.Throws<ArgumentException>("logits", () => IsotonicCalibrator.Fit([float.NaN, .. _logits[1..]], features, _labels));
        Assert.Throws<ArgumentOutOfRangeException>(
            "LearningRate", () => IsotonicCalibrator.Fit(_logits, features, _labels, new IsotonicCalibratorOptions { LearningRate = 0 }));
    }

    private static FeatureTable Table(string?[] channels) => new([FeatureColumn.Categorical("channel", channels)]);
}
