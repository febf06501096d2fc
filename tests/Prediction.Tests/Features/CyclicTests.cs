using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class CyclicTests
{
    [Fact]
    public void Transform_OfHours_StandsOnTheCircle()
    {
        var table = Hours([0, 6, 12, 18, float.NaN]);
        var encoded = FeatureEncoder.Fit(table).Transform(table);
        float[] expected = [0, 1, 0, 1, 0, 0, 0, -1, 0, -1, 0, 0, 0, 0, 1];
        Assert.Equal(3, encoded.NumericWidth);
        Assert.Equal(expected, encoded.Numeric, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Transform_OfTheEnd_IsAsNearToTheBeginningAsItIs()
    {
        var table = Hours([23, 0, 1, 11]);
        float[] z = FeatureEncoder.Fit(table).Transform(table).Numeric;
        double Distance(int a, int b) => Math.Sqrt(Math.Pow(z[2 * a] - z[2 * b], 2) + Math.Pow(z[2 * a + 1] - z[2 * b + 1], 2));
        Assert.Equal(Distance(0, 1), Distance(1, 2), 5);
        Assert.True(Distance(0, 2) < Distance(0, 3));
    }

    [Fact]
    public void FromJson_OfToJson_KeepsThePeriodAndAsksForIt()
    {
        var encoder = FeatureEncoder.FromJson(FeatureEncoder.Fit(Hours([1, 2])).ToJson());
        Assert.Equal(CyclePeriod.HoursOfDay, encoder.Schema[0].Period);
        var other = new FeatureTable([FeatureColumn.Cyclic("hour", [1], CyclePeriod.DaysOfWeek)]);
        Assert.Contains("period 7", Assert.Throws<ArgumentException>(() => encoder.Transform(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24f)]
    [InlineData(-0.1f)]
    [InlineData(float.PositiveInfinity)]
    public void Cyclic_OutsideThePeriod_NamesColumnAndRow(float value)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Hours([1, value]));
        Assert.Contains("'hour' in row 1", error.Message, StringComparison.Ordinal);
    }

    private static FeatureTable Hours(float[] values) => new([FeatureColumn.Cyclic("hour", values, CyclePeriod.HoursOfDay)]);
}
