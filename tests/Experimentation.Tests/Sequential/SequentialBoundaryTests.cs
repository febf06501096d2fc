using Noah.Experimentation.Sequential;

namespace Noah.Experimentation.Tests.Sequential;

public sealed class SequentialBoundaryTests
{
    // Lévy: P(max of Brownian motion up to 1 > c) = 2 (1 − Φ(c)); 2 (1 − Φ(2)) = 0.0455002638963584.
    [Fact]
    public void FirstPassage_OfAConstant_EqualsLevy()
    {
        double[] nodes = [.. Enumerable.Range(1, 200).Select(i => i / 200.0)];
        double[] middles = [.. nodes.Zip(nodes.Skip(1), (a, b) => (a + b) / 2)];
        var p = FirstPassage.Probability(nodes, Flat(nodes), middles, Flat(middles));
        Assert.Equal(0.0455002638963584, p, 1e-12);

        static double[] Flat(double[] times) => Array.ConvertAll(times, _ => 2.0);
    }

    // Doob: P(B_t > a + k t for some t ≤ 1) = 1 − Φ(a + k) + e^(−2ak) Φ(k − a); a = 1.5, k = 0.5 gives 0.05815090416629501 (scipy 1.10).
    [Fact]
    public void FirstPassage_OfALine_EqualsTheClosedForm()
    {
        double[] nodes = [.. Enumerable.Range(0, 401).Select(i => 1e-3 * Math.Pow(1e3, i / 400.0))];
        double[] middles = [.. nodes.Zip(nodes.Skip(1), (a, b) => Math.Sqrt(a * b))];
        var p = FirstPassage.Probability(
            nodes, Array.ConvertAll(nodes, t => 1.5 + (0.5 * t)), middles, Array.ConvertAll(middles, t => 1.5 + (0.5 * t)));
        Assert.Equal(0.05815090416629501, p, 2e-5);
    }

    [Theory]
    [InlineData(0.025)]
    [InlineData(0.05)]
    [InlineData(0.001)]
    public void Height_IsNeverCrossedMoreOftenThanAlpha_OnAFinerGrid(double alpha)
    {
        // An own grid, three times as fine and ten times as long, over the whole boundary.
        var boundary = new SequentialBoundary(alpha, 1);
        double[] nodes = [.. Grid(3e-4, 1, 360).Concat(Grid(1, 1000, 360).Skip(1))];
        double[] middles = [.. nodes.Zip(nodes.Skip(1), (a, b) => Math.Sqrt(a * b))];
        var crossing = FirstPassage.Probability(
            nodes, Array.ConvertAll(nodes, boundary.Height), middles, Array.ConvertAll(middles, boundary.Height));
        Assert.InRange(crossing, 0.93 * alpha, alpha * 1.001);

        static IEnumerable<double> Grid(double first, double last, int count) =>
            Enumerable.Range(0, count + 1).Select(i => i == count ? last : first * Math.Pow(last / first, (double)i / count));
    }

    [Fact]
    public void Height_ScalesAsBrownianMotion()
    {
        var unit = new SequentialBoundary(0.025, 1);
        var large = new SequentialBoundary(0.025, 400);
        foreach (var v in (double[])[0.01, 0.3, 1, 1.5, 40])
        {
            Assert.Equal(20 * unit.Height(v), large.Height(400 * v), 1e-9);
            Assert.Equal(unit.Critical(v), large.Critical(400 * v), 1e-10);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(1.2)]
    [InlineData(30)]
    public void PValue_AtTheBoundary_IsAlpha(double information)
    {
        foreach (var alpha in (double[])[0.2, 0.05, 0.025, 1e-4, 1e-9])
        {
            var boundary = new SequentialBoundary(alpha, 1);
            var p = boundary.PValue(boundary.Critical(information), information);
            Assert.Equal(1, p / alpha, 1e-5);
            Assert.True(boundary.PValue(boundary.Critical(information) * 1.01, information) < alpha);
            Assert.True(boundary.PValue(boundary.Critical(information) * 0.99, information) > alpha);
        }
    }

    [Fact]
    public void PValue_OfNothingOrOfTheWrongSide_IsOne_AndOfEverythingIsTiny()
    {
        var boundary = new SequentialBoundary(0.05, 100);
        Assert.Equal(1, boundary.PValue(0, 50));
        Assert.Equal(1, boundary.PValue(-5, 50));
        Assert.InRange(boundary.PValue(0.3, 50), 0.5, 1);
        Assert.InRange(boundary.PValue(20, 80), 1e-90, 1e-60);
    }

    // The score at which the mixture equals 1/α, against the mixture integrated over its drifts by Simpson's rule.
    [Fact]
    public void MixtureHeight_EqualsTheIntegratedMixture()
    {
        foreach (var (v, alpha, scale) in ((double, double, double)[])[(1, 0.05, 0.1), (30, 0.01, 2), (0.02, 0.025, 0.0625)])
        {
            var score = HalfNormalMixture.Height(v, alpha, scale);
            const int Steps = 20_000;
            var top = 12 / Math.Sqrt(scale);
            var sum = 0.0;
            for (var i = 0; i <= Steps; i++)
            {
                var drift = top * i / Steps;
                var weight = i is 0 or Steps ? 1 : i % 2 == 0 ? 2 : 4;
                sum += weight * Math.Exp((drift * score) - (drift * drift * v / 2) - (drift * drift * scale / 2));
            }

            Assert.Equal(1 / alpha, 2 * Math.Sqrt(scale / (2 * Math.PI)) * sum * top / Steps / 3, 1e-6 / alpha);
        }
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new SequentialBoundary(0.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>("plannedInformation", () => new SequentialBoundary(0.05, double.NaN));
        var boundary = new SequentialBoundary(0.05, 1);
        Assert.Throws<ArgumentOutOfRangeException>("information", () => boundary.Critical(0));
        Assert.Throws<ArgumentOutOfRangeException>("z", () => boundary.PValue(double.NaN, 1));
    }
}
