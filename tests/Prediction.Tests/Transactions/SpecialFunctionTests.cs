using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Transactions;

public sealed class SpecialFunctionTests
{
    private const double EulerMascheroni = 0.57721566490153286;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 0.57236494292470008707)] // ln √π
    [InlineData(11, 15.104412573075516)] // ln 10!
    public void LogGamma_OfKnownArguments_IsTheClosedForm(double x, double expected) => Assert.Equal(expected, GammaFunctions.LogGamma(x), 13);

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.7)]
    [InlineData(11.9)]
    [InlineData(500)]
    public void LogGamma_OfTheNextArgument_AddsItsLogarithm(double x) =>
        Assert.Equal(Math.Log(x), GammaFunctions.LogGamma(x + 1) - GammaFunctions.LogGamma(x), 10);

    [Fact]
    public void Digamma_OfKnownArguments_IsTheClosedForm()
    {
        Assert.Equal(-EulerMascheroni, GammaFunctions.Digamma(1), 13);
        Assert.Equal(-EulerMascheroni - 2 * Math.Log(2), GammaFunctions.Digamma(0.5), 13);
        Assert.Equal(-EulerMascheroni + 1 + 0.5 + 1 / 3.0, GammaFunctions.Digamma(4), 13);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Hypergeometric_OfElementaryCases_IsTheClosedForm(double z)
    {
        Assert.Equal(-Math.Log(1 - z) / z, Value(1, 1, 2, z), 11);
        Assert.Equal(Math.Pow(1 - z, 0.3), Value(-0.3, 2.5, 2.5, z), 11);
        Assert.Equal(1 - 2 * z + z * z, Value(-2, 4.5, 4.5, z), 11);
    }

    [Fact]
    public void Hypergeometric_BeyondTheRangeOfADouble_KeepsItsLogarithm()
    {
        var (value, logScale) = GaussHypergeometric.Scaled(400, 3, 3, 0.9);
        Assert.Equal(400 * Math.Log(10), Math.Log(value) + logScale, 8);
    }

    private static double Value(double a, double b, double c, double z)
    {
        var (value, logScale) = GaussHypergeometric.Scaled(a, b, c, z);
        return value * Math.Exp(logScale);
    }
}
