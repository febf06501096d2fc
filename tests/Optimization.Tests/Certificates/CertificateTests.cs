using Noah.Optimization.Certificates;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Certificates;

public sealed class CertificateTests
{
    [Fact]
    public void Of_TheOptimumOfAKnapsack_ClosesTheGap()
    {
        // ReferencePrograms.Knapsack: everyone action 0, half of unit 0's upgrade; price 1.5. Surpluses: 3 (6 − 3 = 9 − 6), 2 (5 − 3), 1
        // (4 − 3).
        var certificate = Certificate.Of(ReferencePrograms.Knapsack(), [0.5, 0.5, 1, 0, 1, 0], [1.5]);
        Assert.Equal(16.5, certificate.Objective, 1e-12);
        Assert.Equal(16.5, certificate.DualBound, 1e-12);
        Assert.Equal(0, certificate.RelativeGap, 1e-12);
        Assert.Equal([3, 2, 1], Enumerable.Range(0, 3).Select(certificate.UnitSurplus));
        Assert.Equal(1, certificate.FractionalUnits);
        Assert.True(certificate.IsFeasible);
        var budget = Assert.Single(certificate.Rows);
        Assert.Equal((7.0, 0.0, 0.0, true), (budget.Use, budget.UpperSlack!.Value, budget.Violation, budget.IsBinding));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(1.5)]
    [InlineData(40)]
    [InlineData(-3)]
    public void DualBound_AtAnyPrice_IsNotBelowTheOptimum(double price) =>
        Assert.True(Certificate.Of(ReferencePrograms.Knapsack(), new double[6], [price]).DualBound >= 16.5 - 1e-12);

    [Fact]
    public void Of_ABrokenBudget_SaysByHowMuch()
    {
        var certificate = Certificate.Of(ReferencePrograms.Knapsack(), [0, 1, 0, 1, 0, 1], []);
        Assert.Equal(5, certificate.Rows[0].Violation);
        Assert.Equal(5.0 / 7, certificate.Rows[0].RelativeViolation, 1e-12);
        Assert.False(certificate.IsFeasible);
    }

    [Fact]
    public void Of_AMissedLowerVolume_SaysByHowMuch()
    {
        var row = Certificate.Of(ReferencePrograms.LowerVolume(), [0.75, 0.25, 1, 0], []).Rows[0];
        Assert.Equal((0.75, -0.75), (row.Violation, row.LowerSlack!.Value));
    }

    [Fact]
    public void Of_TooManyActionsForAUnit_SaysByHowMuch()
    {
        var certificate = Certificate.Of(ReferencePrograms.Knapsack(), [0.75, 0.5, 0, 0, 0, 0], []);
        Assert.Equal(0.25, certificate.MaxUnitViolation, 1e-12);
        Assert.False(certificate.IsFeasible);
    }

    [Fact]
    public void Of_NumbersThatAreNotFinite_Throws()
    {
        Assert.Throws<ArgumentException>(() => Certificate.Of(ReferencePrograms.Knapsack(), new double[5], []));
        Assert.Throws<ArgumentException>(() => Certificate.Of(ReferencePrograms.Knapsack(), [0, 0, 0, 0, 0, double.NaN], []));
        Assert.Throws<ArgumentException>(() => Certificate.Of(ReferencePrograms.Knapsack(), new double[6], [double.NaN]));
    }
}
