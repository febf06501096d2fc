using System.Globalization;
using Noah.Experimentation.Adjustment;
using Noah.Experimentation.Clustered;
using Noah.Experimentation.Statistics;
using static Noah.Experimentation.Tests.Golden.GoldenFile;

namespace Noah.Experimentation.Tests.Golden;

public sealed class RegressionTests
{
    [Fact]
    public void Ratio_HasTheDeltaErrorAndFiellersRoots()
    {
        var part = Part("ratio");
        var one = CovarianceMoments.Of(part.Numbers("y1"), part.Numbers("x1"));
        var other = CovarianceMoments.Of(part.Numbers("y0"), part.Numbers("x0"));
        var result = RatioTest.Compare(one, other);
        Near(part.Number("difference"), result.Difference);
        Near(part.Number("error"), result.StandardError);
        Near(part.Number("p"), result.PValue);
        var fieller = RatioTest.FiellerInterval(one)!.Value;
        Near(part.Numbers("fieller1")[0], fieller.Lower);
        Near(part.Numbers("fieller1")[1], fieller.Upper);
        Assert.True(result.FiellerInterval!.Value.Contains(result.Difference!.Value));
    }

    [Theory]
    [InlineData("hc2", RobustVariance.Hc2)]
    [InlineData("hc3", RobustVariance.Hc3)]
    public void InteractedRegression_EqualsStatsmodels(string name, RobustVariance variance)
    {
        var part = Part("lin");
        var expected = part.Numbers(name);
        var treated = part.Numbers("z").Select(z => z == 1).ToArray();
        var result = RegressionAdjustment.Compare(part.Numbers("y"), treated, part.Numbers("x"), variance);
        Near(expected[0], result.Difference);
        Near(expected[1], result.StandardError);
        Near(expected[2], result.PValue);
        Near(expected[3], result.Interval!.Value.Lower, 1e-9);
        Near(expected[4], result.Interval!.Value.Upper, 1e-9);
    }

    [Fact]
    public void Cuped_EqualsWelchOfResiduals()
    {
        var part = Part("lin");
        double[] y = part.Numbers("y"), z = part.Numbers("z"), x = part.Numbers("x");
        CovarianceMoments Arm(double arm)
        {
            int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => z[i] == arm)];
            return CovarianceMoments.Of([.. rows.Select(i => y[i])], [.. rows.Select(i => x[(3 * i) + 1])]);
        }

        var result = CupedTest.Compare(Arm(1), Arm(0));
        var expected = part.Numbers("cuped");
        Near(expected[0], result.Slope);
        Near(expected[1], result.Adjusted.Statistic);
        Near(expected[2], result.Adjusted.PValue);
    }

    [Fact]
    public void EstimatingEquations_EqualStatsmodels()
    {
        var part = Part("gee");
        int[] ids = [.. part.Numbers("ids").Select(id => (int)id)];
        foreach (var fit in part.GetProperty("fits").EnumerateArray())
        {
            var family = fit.GetProperty("family").GetString()!;
            var options = new GeeOptions
            {
                Family = Enum.Parse<ResponseFamily>(family),
                Correlation = Enum.Parse<WorkingCorrelation>(fit.GetProperty("correlation").GetString()!),
            };
            var y = part.Numbers(family);
            var small = GeneralizedEstimatingEquations.Fit(y, part.Numbers("x"), ids, options);
            var plain = GeneralizedEstimatingEquations.Fit(y, part.Numbers("x"), ids, options with { SmallSample = false });
            Assert.Equal(GeeStatus.Computed, small.Status);
            for (var k = 0; k < 3; k++)
            {
                // What statsmodels' stopping rule leaves.
                Near(fit.Numbers("params")[k], small.Coefficients[k].Value, 1e-9);
                Near(fit.Numbers("robust")[k], plain.Coefficients[k].StandardError, 1e-9);
                Near(fit.Numbers("biasReduced")[k], small.Coefficients[k].StandardError, 1e-9);
            }

            if (fit.TryGetProperty("alpha", out var alpha))
            {
                Near(alpha.GetDouble(), small.Correlations[0], 1e-8);
            }
        }
    }

    [Fact]
    public void IndependenceEquations_EqualGeepack()
    {
        var part = Part("gee");
        int[] ids = [.. part.Numbers("ids").Select(id => (int)id)];
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "golden-r.csv")).Skip(1)
            .Select(line => line.Split(',')).Where(cells => cells[0] == "geepack");
        foreach (var family in rows.GroupBy(cells => cells[1]))
        {
            var fit = GeneralizedEstimatingEquations.Fit(part.Numbers(family.Key), part.Numbers("x"), ids, new GeeOptions
            {
                Family = Enum.Parse<ResponseFamily>(family.Key),
                Correlation = WorkingCorrelation.Independence,
                SmallSample = false,
            });
            foreach (var (cells, coefficient) in family.Zip(fit.Coefficients))
            {
                Near(double.Parse(cells[3], CultureInfo.InvariantCulture), coefficient.Value, 1e-9);
                Near(double.Parse(cells[4], CultureInfo.InvariantCulture), coefficient.StandardError, 1e-9);
            }
        }
    }
}
