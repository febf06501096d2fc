using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Inference;

public sealed class WelchTestTests
{
    // Student's sleep data; R: t.test(extra ~ group, sleep).
    [Fact]
    public void Compare_OnStudentsSleepData_EqualsR()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var result = WelchTest.Compare(Moments.Of(first), Moments.Of(second));
        Assert.Equal(-1.8608, result.Statistic!.Value, 0.00005);
        Assert.Equal(17.776, result.DegreesOfFreedom!.Value, 0.0005);
        Assert.Equal(0.07939, result.PValue!.Value, 0.000005);
        Assert.Equal(-3.3654832, result.Interval!.Value.Lower, 1e-7);
        Assert.Equal(0.2054832, result.Interval!.Value.Upper, 1e-7);
    }

    [Fact]
    public void Interval_EndsWhereTheTestTurns()
    {
        var one = Moments.Of([1, 4, 2, 8, 5]);
        var other = Moments.Of([3, 3, 1]);
        var interval = WelchTest.Compare(one, other, 0.9).Interval!.Value;
        var shifted = new Moments(other.Count, other.Mean + interval.Upper, other.M2);
        Assert.Equal(0.1, WelchTest.Compare(one, shifted).PValue!.Value, 1e-10);
    }

    [Fact]
    public void Compare_OnEqualConstants_HasAStatusAndNoP()
    {
        var constant = Moments.Of([2, 2, 2]);
        var result = WelchTest.Compare(constant, constant);
        Assert.Equal(TestStatus.NoVariation, result.Status);
        Assert.Null(result.PValue);
        Assert.Equal(0, result.Difference);
    }

    [Fact]
    public void Compare_OnOneValue_HasAStatusAndNoInterval()
    {
        var result = WelchTest.Compare(Moments.Of([2]), Moments.Of([1, 3]));
        Assert.Equal(TestStatus.TooFewObservations, result.Status);
        Assert.Null(result.Interval);
        Assert.Null(WelchTest.Compare(default, Moments.Of([1, 3])).Difference);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Compare_WithBadConfidence_Throws(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => WelchTest.Compare(default, default, confidence));
}
