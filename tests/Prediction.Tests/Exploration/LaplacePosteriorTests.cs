using Noah.Prediction.Exploration;

namespace Noah.Prediction.Tests.Exploration;

public sealed class LaplacePosteriorTests
{
    private const int Width = 3, Rows = 4_000;

    private readonly float[] _inputs = new float[Rows * Width], _labels = new float[Rows];

    public LaplacePosteriorTests()
    {
        var random = new Random(6);
        for (int row = 0; row < Rows; row++)
        {
            _inputs[row * Width] = 1;
            _inputs[row * Width + 1] = (float)SyntheticCampaign.Normal(random);
            _inputs[row * Width + 2] = (float)SyntheticCampaign.Normal(random);
            double logit = -1 + 0.8 * _inputs[row * Width + 1] - 0.5 * _inputs[row * Width + 2];
            _labels[row] = random.NextDouble() < SyntheticCampaign.Sigmoid(logit) ? 1f : 0f;
        }
    }

    [Fact]
    public void Fit_OfNoRows_IsThePrior()
    {
        var belief = LaplacePosterior.Fit([], 2, [], ridge: 4).Believe([3f, 4f]);
        Assert.Equal(0, belief[0].Mean);
        Assert.Equal(25.0 / 4, belief[0].Variance, 10);
        Assert.Equal(0.5, belief[0].Probability);
    }

    [Fact]
    public void Fit_OfAnIntercept_HasTheBinomialMeanAndVariance()
    {
        // 300 of 1,000: with hardly a prior, log odds ln(3/7) with variance 1/(n p (1 − p)).
        float[] labels = [.. Enumerable.Range(0, 1_000).Select(row => row < 300 ? 1f : 0f)], ones = [.. labels.Select(_ => 1f)];
        var posterior = LaplacePosterior.Fit(ones, 1, labels, ridge: 1e-6);
        var belief = posterior.Believe([1f])[0];
        Assert.True(posterior.Converged);
        Assert.Equal(Math.Log(3.0 / 7), belief.Mean, 6);
        Assert.Equal(1 / (1_000 * 0.3 * 0.7), belief.Variance, 7);
    }

    [Fact]
    public void Fit_OfManyRows_CoversTheTruthWithinItsOwnErrors()
    {
        var posterior = LaplacePosterior.Fit(_inputs, Width, _labels);
        double[] truth = [-1, 0.8, -0.5];
        for (int i = 0; i < Width; i++)
        {
            var unit = new float[Width];
            unit[i] = 1;
            var belief = posterior.Believe(unit)[0];
            Assert.InRange((belief.Mean - truth[i]) / Math.Sqrt(belief.Variance), -3, 3);
            Assert.InRange(belief.Variance, 0.0005, 0.005);
        }
    }

    [Fact]
    public void Fit_OfMoreRows_KnowsMore()
    {
        var few = LaplacePosterior.Fit(_inputs[..(400 * Width)], Width, _labels[..400]);
        var many = LaplacePosterior.Fit(_inputs, Width, _labels);
        float[] at = [1f, 2f, -1f];
        Assert.InRange(few.Believe(at)[0].Variance / many.Believe(at)[0].Variance, 7, 13);
    }

    [Fact]
    public void Fit_OnOffsetsThatAreRight_AddsNothing()
    {
        float[] offsets = [.. Enumerable.Range(0, Rows).Select(row => -1 + 0.8f * _inputs[row * Width + 1] - 0.5f * _inputs[row * Width + 2])];
        var belief = LaplacePosterior.Fit(_inputs, Width, _labels, offsets).Believe([1f, 1f, 1f], [-0.7f])[0];
        Assert.InRange((belief.Mean + 0.7) / Math.Sqrt(belief.Variance), -3, 3);
    }

    [Fact]
    public void Sample_OverSeeds_HasTheBelievedMeanAndVariance()
    {
        var posterior = LaplacePosterior.Fit(_inputs[..(400 * Width)], Width, _labels[..400]);
        float[] at = [1f, 2f, -1f];
        var belief = posterior.Believe(at)[0];
        double[] logits = [.. Enumerable.Range(0, 4_000).Select(seed =>
        {
            double p = posterior.Sample(at, (ulong)seed, scale: 1)[0];
            return Math.Log(p / (1 - p));
        })];
        double mean = logits.Average(), variance = logits.Average(logit => (logit - mean) * (logit - mean));
        Assert.InRange((mean - belief.Mean) / Math.Sqrt(belief.Variance / 4_000), -4, 4);
        Assert.InRange(variance / belief.Variance, 0.9, 1.1);
    }

    [Fact]
    public void Sample_OfOneSeed_SharesItsWeightsBetweenRows()
    {
        var posterior = LaplacePosterior.Fit(_inputs, Width, _labels);
        float[] twice = posterior.Sample([1f, 0.5f, 2f, 1f, 0.5f, 2f], 9);
        Assert.Equal(twice[0], twice[1]);
        Assert.Equal(twice, posterior.Sample([1f, 0.5f, 2f, 1f, 0.5f, 2f], 9));
        Assert.NotEqual(twice, posterior.Sample([1f, 0.5f, 2f, 1f, 0.5f, 2f], 10));
    }

    [Fact]
    public void Fit_OfWrongArguments_NamesThem()
    {
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => LaplacePosterior.Fit([1f], 2, [1f]));
        Assert.Throws<ArgumentException>("inputs", () => LaplacePosterior.Fit([float.NaN], 1, [1f]));
        Assert.Throws<ArgumentException>("labels", () => LaplacePosterior.Fit([1f], 1, [0.5f]));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => LaplacePosterior.Fit([], 0, []));
        Assert.Throws<ArgumentOutOfRangeException>("offsets", () => LaplacePosterior.Fit([1f], 1, [1f], []));
        Assert.Throws<ArgumentOutOfRangeException>("ridge", () => LaplacePosterior.Fit([1f], 1, [1f], ridge: 0));
        var posterior = LaplacePosterior.Fit([1f], 1, [1f]);
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => posterior.Sample([1f], 1, scale: -1));
        Assert.Throws<ArgumentException>("inputs", () => posterior.Believe([1f], []));
    }
}
