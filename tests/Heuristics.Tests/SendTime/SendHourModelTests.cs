using Noah.Heuristics.SendTime;

namespace Noah.Heuristics.Tests.SendTime;

public sealed class SendHourModelTests
{
    private static readonly bool[] Daytime = [.. Enumerable.Range(0, 24).Select(hour => hour is >= 8 and < 20)];

    [Fact]
    public void Posterior_WithoutHistory_IsThePopulation()
    {
        var model = new SendHourModel(Peak(18, 240));
        Assert.Equal(model.Population.ToArray(), model.Posterior(new double[24]));
        // 240 + 1 of 240 + 24 engagements fall in the peak hour.
        Assert.Equal(241 / 264.0, model.Population[18], 1e-12);
    }

    [Fact]
    public void Posterior_WithAsMuchHistoryAsPrior_IsHalfway()
    {
        var model = new SendHourModel(Peak(18, 240), new SendHourOptions(PriorStrength: 6));
        var posterior = model.Posterior(Peak(9, 6));
        Assert.Equal((1 + model.Population[9]) / 2, posterior[9], 1e-12);
        Assert.Equal(model.Population[18] / 2, posterior[18], 1e-12);
        Assert.Equal(1, posterior.Sum(), 1e-12);
    }

    [Fact]
    public void TryChoose_OverAGridOfDraws_MeetsTheStatedProbabilities()
    {
        var model = new SendHourModel([.. Enumerable.Range(0, 24).Select(hour => 10.0 + hour)], new SendHourOptions(Sharpness: 1));
        var probabilities = model.Probabilities(Peak(12, 3), Daytime);
        Assert.Equal(1, probabilities.Sum(), 1e-12);
        var counts = new int[24];
        const int Grid = 200;
        for (var a = 0; a < Grid; a++)
        {
            for (var b = 0; b < Grid; b++)
            {
                Assert.True(model.TryChoose(Peak(12, 3), Daytime, (a + 0.5) / Grid, (b + 0.5) / Grid, out var choice));
                Assert.Equal(probabilities[choice.Hour], choice.Probability);
                counts[choice.Hour]++;
            }
        }

        for (var hour = 0; hour < 24; hour++)
        {
            Assert.Equal(probabilities[hour], counts[hour] / (double)(Grid * Grid), 2.0 / Grid);
            Assert.Equal(Daytime[hour], counts[hour] > 0);
        }
    }

    [Theory]
    [InlineData(0.05, 12, HourReason.Control)]
    [InlineData(0.5, 12, HourReason.Personal)]
    [InlineData(0.5, 9, HourReason.Population)]
    public void TryChoose_GivesTheReason(double controlDraw, int engagements, HourReason reason)
    {
        Assert.True(new SendHourModel(Peak(18, 100)).TryChoose(Peak(12, engagements), Daytime, controlDraw, 0.5, out var choice));
        Assert.Equal(reason, choice.Reason);
    }

    [Fact]
    public void TryChoose_WhenTheBaselineHourIsQuiet_SendsControlsAtTheNextAllowedHour()
    {
        var model = new SendHourModel(new double[24], new SendHourOptions(BaselineHour: 22));
        Assert.True(model.TryChoose(new double[24], Daytime, 0, 0.5, out var choice));
        Assert.Equal((8, HourReason.Control), (choice.Hour, choice.Reason));
    }

    [Fact]
    public void TryChoose_WithOneAllowedHour_IsCertain()
    {
        var allowed = new bool[24];
        allowed[3] = true;
        Assert.True(new SendHourModel(Peak(18, 5)).TryChoose(Peak(20, 50), allowed, 0.5, 0.5, out var choice));
        Assert.Equal(new HourChoice(3, 1, HourReason.OnlyAllowedHour), choice);
    }

    [Fact]
    public void TryChoose_WithoutAnAllowedHour_HasNoChoice() =>
        Assert.False(new SendHourModel(Peak(18, 5)).TryChoose(new double[24], new bool[24], 0.5, 0.5, out _));

    [Fact]
    public void Probabilities_WithAHighPower_GoToTheBestHour()
    {
        var model = new SendHourModel(Peak(18, 24), new SendHourOptions(Sharpness: 1000, ControlShare: 0));
        Assert.Equal(1, model.Probabilities(new double[24], Daytime)[18], 1e-12);
    }

    [Fact]
    public void Model_WithBadNumbers_NamesHourOrParameter()
    {
        Assert.Throws<ArgumentException>(() => new SendHourModel(new double[23]));
        Assert.Contains("Hour 5", Assert.Throws<ArgumentOutOfRangeException>(() => new SendHourModel(Peak(5, -1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SendHourModel(new double[24], new SendHourOptions(BaselineHour: 24)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SendHourModel(new double[24]).TryChoose(new double[24], Daytime, 1, 0, out _));
        Assert.Throws<ArgumentException>(() => new SendHourModel(new double[24]).Probabilities(new double[24], new bool[3]));
    }

    private static double[] Peak(int hour, double count)
    {
        var counts = new double[24];
        counts[hour] = count;
        return counts;
    }
}
