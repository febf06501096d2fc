using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Statistics;

/// <summary>Golden numbers: mpmath 1.x at 40 digits (erfc, betainc and gammainc, regularised).</summary>
public sealed class TailsTests
{
    [Theory]
    [InlineData(1.96, 0.04999579029644087)]
    [InlineData(5, 5.733031437583878e-7)]
    [InlineData(-30, 9.813427854296374e-198)]
    [InlineData(37, 1.145114244504915e-299)]
    public void NormalTwoSided_KeepsItsDigitsFarOut(double z, double expected) =>
        Assert.Equal(1, Tails.NormalTwoSided(z) / expected, 1e-10);

    [Theory]
    [InlineData(2, 3, 0.1393259685588432)]
    [InlineData(2.5, 1.5, 0.1698065026146961)]
    [InlineData(12, 5, 7.089492517161523e-5)]
    [InlineData(5, 40000, 5.757231676691623e-7)]
    [InlineData(-30, 100, 8.380332558688292e-52)]
    [InlineData(1, 1000000, 0.3173107498335781)]
    [InlineData(6, 1000000, 1.973849812354435e-9)]
    public void StudentTwoSided_KeepsItsDigitsFarOut(double t, double degreesOfFreedom, double expected) =>
        Assert.Equal(1, Tails.StudentTwoSided(t, degreesOfFreedom) / expected, 1e-8);

    // The two differ by 1e-8 there; the log-gammas of the beta function cost the rest.
    [Fact]
    public void StudentTwoSided_OfManyDegreesOfFreedom_JoinsTheNormal() =>
        Assert.Equal(1, Tails.StudentTwoSided(2, 9e8) / Tails.NormalTwoSided(2), 1e-6);

    [Theory]
    [InlineData(1, 400, 5.507248237212467e-89)]
    [InlineData(3, 900, 8.851690237125581e-195)]
    [InlineData(4, 7, 0.1358882254004333)]
    public void ChiSquareUpper_KeepsItsDigitsFarOut(int degreesOfFreedom, double chiSquare, double expected) =>
        Assert.Equal(1, Tails.ChiSquareUpper(chiSquare, degreesOfFreedom) / expected, 1e-10);

    [Theory]
    [InlineData(0.95, 1, 12.706204736)]
    [InlineData(0.99, 3, 5.840909310)]
    [InlineData(0.95, 30, 2.042272456)]
    [InlineData(0.95, 1e12, 1.959963985)]
    public void StudentCritical_EqualsTables(double confidence, double degreesOfFreedom, double expected) =>
        Assert.Equal(expected, Tails.StudentCritical(confidence, degreesOfFreedom), 1e-8);
}
