using Noah.Experimentation.Multiplicity;

namespace Noah.Experimentation.Tests.Multiplicity;

public sealed class FamilyCorrectionTests
{
    private static readonly double?[] PValues = [0.001, 0.008, null, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205];

    // R: p.adjust(c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205), "BH") and "BY".
    [Fact]
    public void BenjaminiHochberg_EqualsR() => Near(
        [0.008, 0.032, null, 0.0672, 0.0672, 0.0672, 0.08, 0.084571428571428577, 0.205], FalseDiscoveryRate.Adjust(PValues));

    [Fact]
    public void BenjaminiYekutieli_EqualsR() => Near(
        [
            0.021742857142857144, 0.086971428571428575, null, 0.18264, 0.18264, 0.18264,
            0.21742857142857142, 0.22985306122448979, 0.55716071428571423,
        ],
        FalseDiscoveryRate.Adjust(PValues, anyDependence: true));

    [Fact]
    public void Adjust_KeepsFamiliesApart_AndSaysHowToBuildIntervals()
    {
        FamilyMember[] members =
        [
            new("primary", "revenue", "a", 0.01), new("guard", "unsubscribe", "a", 0.04), new("primary", "revenue", "b", 0.03),
            new("primary", "orders", "a", null),
        ];
        var holm = FamilyCorrection.Adjust(members, MultiplicityMethod.Holm);
        Near([0.02, 0.04, 0.03, null], holm.Select(member => member.AdjustedPValue));
        Assert.Equal([true, true, true, false], holm.Select(member => member.Rejected));
        Near([0.975, 0.95, 0.975, null], holm.Select(member => member.IntervalConfidence));
        Assert.Equal([2, 1, 2, 2], holm.Select(member => member.FamilySize));

        FamilyMember[] screened = [.. PValues.Select((p, i) => new FamilyMember("country", $"{i}", "a", p))];
        var bh = FamilyCorrection.Adjust(screened, MultiplicityMethod.BenjaminiHochberg);
        Assert.Equal([true, true, false, false, false, false, false, false, false], bh.Select(member => member.Rejected));
        Assert.Equal(1 - (0.05 * 2 / 8), bh[0].IntervalConfidence!.Value, 1e-12);
        Assert.Equal(0.95, bh[4].IntervalConfidence!.Value, 1e-12);
    }

    // Half of 40 metrics move by 3 standard errors: on average at most α of the intervals shown for findings miss the truth.
    [Fact]
    public void IntervalsOfFindings_MissAtMostAlphaOnAverage()
    {
        var random = new Random(9);
        double missed = 0, plainMissed = 0;
        const int Runs = 1_500;
        for (var run = 0; run < Runs; run++)
        {
            double[] truths = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 0.0 : 3)];
            double[] z = [.. truths.Select(truth => truth + Draw.Normal(random))];
            var results = FamilyCorrection.Adjust(
                [.. z.Select((value, i) => new FamilyMember("all", $"{i}", "a", MathNet.Numerics.SpecialFunctions.Erfc(Math.Abs(value) / Math.Sqrt(2))))],
                MultiplicityMethod.BenjaminiHochberg);
            int[] shown = [.. Enumerable.Range(0, 40).Where(i => results[i].Rejected)];
            if (shown.Length > 0)
            {
                missed += shown.Average(i => Math.Abs(z[i] - truths[i]) > Critical(results[i].IntervalConfidence!.Value) ? 1.0 : 0) / Runs;
                plainMissed += shown.Average(i => Math.Abs(z[i] - truths[i]) > Critical(0.95) ? 1.0 : 0) / Runs;
            }
        }

        Assert.InRange(missed, 0, 0.05);
        Assert.True(plainMissed > 0.06);

        static double Critical(double confidence) => -MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 - confidence) / 2);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Contains("Value 1", Assert.Throws<ArgumentException>(
            "pValues", () => FalseDiscoveryRate.Adjust([0.1, -0.1])).Message, StringComparison.Ordinal);
        Assert.Contains("'m' of 'b'", Assert.Throws<ArgumentException>(
            "members", () => FamilyCorrection.Adjust([new("f", "m", "b", 1.1)], MultiplicityMethod.Holm)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => FamilyCorrection.Adjust([], MultiplicityMethod.Holm, 1));
        Assert.Empty(FamilyCorrection.Adjust([], MultiplicityMethod.Holm));
    }

    private static void Near(IEnumerable<double?> expected, IEnumerable<double?> actual) =>
        Assert.Equal(expected, actual, (a, b) => a == b || (a is { } x && b is { } y && Math.Abs(x - y) < 1e-12));
}
