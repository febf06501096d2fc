using System.Numerics;
using Noah.Prediction.Attribution;
using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Attribution;

public sealed class ShapleySamplerTests
{
    private static readonly ExplanationOptions Few = new() { Permutations = 2 };

    [Fact]
    public void Explain_OfALinearScore_IsWeightTimesDistanceFromTheReference()
    {
        double[] weights = [2, -3, 0.5, 0];
        var rows = Table([1, 2, 3, 4], [-1, 0.5f, 0, 7]);
        var reference = Table([0.5f, 1, -1, 2]);
        var explanations = Explain(rows, x => x.Select((value, f) => weights[f] * value).Sum(), Few with { Reference = reference });
        for (int row = 0; row < 2; row++)
        {
            for (int f = 0; f < 4; f++)
            {
                double expected = weights[f] * (rows.Columns[f].Numbers[row] - reference.Columns[f].Numbers[0]);
                Assert.Equal(expected, Of(explanations[row], f), 10);
            }
        }
    }

    [Fact]
    public void Explain_OfProductsOfTwo_IsExactWithOnePairOfOrders()
    {
        // f = x0 x1 + x2 x3 from 0 to x: each factor gets half of its product.
        var explanation = Explain(Table([2, 3, -1, 5]), x => (x[0] * x[1]) + (x[2] * x[3]), Few with { Reference = Table([0, 0, 0, 0]) })[0];
        Assert.Equal([3, 3, -2.5, -2.5], Enumerable.Range(0, 4).Select(f => Math.Round(Of(explanation, f), 10)));
    }

    [Fact]
    public void Explain_WithManyOrders_ComesToTheValuesOfAllSubsets()
    {
        float[] row = [1.2f, -0.7f, 2f, 0.4f], reference = [0.1f, 0.3f, -0.5f, 1f];
        static double Score(double[] x) => Math.Exp(0.5 * x[0] * x[1] * x[2]) + (x[1] * x[3] * x[3]) - Math.Tanh(x[0] + x[2] + x[3]);
        var explanation = Explain(Table(row), Score, new() { Permutations = 4000, Reference = Table(reference) })[0];
        double[] exact = OfAllSubsets(row, reference, Score);
        for (int f = 0; f < 4; f++)
        {
            Assert.Equal(exact[f], Of(explanation, f), 0.02);
        }
    }

    [Fact]
    public void Explain_AgainstSeveralRows_TellsTheDistanceFromTheirMean()
    {
        var reference = Table([0, 1, 2, 3], [4, 5, 6, 7], [1, 1, 1, 1], [0, 0, 0, 0]);
        var explanation = Explain(Table([1, 2, 3, 4]), x => x.Sum(), new() { Permutations = 8, Reference = reference })[0];
        Assert.Equal((6 + 22 + 4 + 0) / 4.0, explanation.Baseline, 10);
        Assert.Equal(10, explanation.Score, 10);
        Assert.Equal(1 - (5 / 4.0), Of(explanation, 0), 10);
    }

    [Fact]
    public void Explain_NamesTheLargest_AndSumsUpTheRest()
    {
        double[] weights = [0.1, -4, 2, 0.2];
        var explanation = Explain(
            Table([1, 1, 1, 1]), x => x.Select((value, f) => weights[f] * value).Sum(), Few with { Reference = Table([0, 0, 0, 0]) }, top: 2)[0];
        Assert.Equal(["x1", "x2"], explanation.Contributions.Select(c => c.Feature));
        Assert.Equal(0.3, explanation.Remainder, 6);
    }

    [Fact]
    public void Explain_OfARow_DoesNotDependOnTheRowsBesideIt()
    {
        float[][] rows = [.. Enumerable.Range(0, 900).Select(i => (float[])[i * 0.1f, i % 7, -i * 0.01f, 1])];
        static double Score(double[] x) => Math.Sin(x[0] * x[1]) + (x[2] * x[3] * x[0]);
        var together = Explain(Table(rows), Score, new() { Seed = 3 });
        var alone = Explain(Table(rows[777]), Score, new() { Seed = 3 })[0];
        Assert.Equal(alone.Contributions, together[777].Contributions);
        Assert.Equal(alone.Score, together[777].Score);
        Assert.NotEqual(alone.Contributions, Explain(Table(rows[777]), Score, new() { Seed = 4 })[0].Contributions);
    }

    [Fact]
    public void Explain_WithoutReference_StartsAtRowsWithoutValues_AndTellsValuesAsText()
    {
        var table = new FeatureTable([FeatureColumn.Numeric("n", [1.5f, float.NaN]), FeatureColumn.Categorical("c", ["red", null])]);
        var explanations = ShapleySampler.Explain(table, table.Schema, 2, Few, rows =>
            [.. Enumerable.Range(0, rows.Rows).Select(r => (float.IsNaN(rows.Columns[0].Numbers[r]) ? 0 : 2.0) + (rows.Columns[1].Names[r] is null ? 0 : 1.0))]);
        Assert.Equal([new("n", "1.5", 2), new("c", "red", 1)], explanations[0].Contributions);
        Assert.Equal([new("n", null, 0), new("c", null, 0)], explanations[1].Contributions);
        Assert.Equal(0, explanations[0].Baseline);
    }

    [Fact]
    public void Explain_OfOneFeatureAlone_GivesItTheWholeDistance()
    {
        var table = new FeatureTable([FeatureColumn.Numeric("n", [3])]);
        var explanation = ShapleySampler.Explain(table, table.Schema, 5, Few, rows =>
            [.. Enumerable.Range(0, rows.Rows).Select(r => float.IsNaN(rows.Columns[0].Numbers[r]) ? 1 : 7.0)])[0];
        Assert.Equal(6, Assert.Single(explanation.Contributions).Contribution);
    }

    private static double[] OfAllSubsets(float[] row, float[] reference, Func<double[], double> score)
    {
        int features = row.Length;
        double Value(int subset) => score([.. Enumerable.Range(0, features).Select(f => (double)((subset >> f & 1) == 1 ? row[f] : reference[f]))]);
        double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
        var values = new double[features];
        for (int f = 0; f < features; f++)
        {
            for (int subset = 0; subset < 1 << features; subset++)
            {
                int size = BitOperations.PopCount((uint)subset);
                values[f] += (subset >> f & 1) == 1
                    ? 0
                    : Factorial(size) * Factorial(features - size - 1) / Factorial(features) * (Value(subset | 1 << f) - Value(subset));
            }
        }
        return values;
    }

    private static double Of(Explanation explanation, int feature) =>
        explanation.Contributions.Single(c => c.Feature == $"x{feature}").Contribution;

    private static FeatureTable Table(params float[][] rows) =>
        new([.. Enumerable.Range(0, rows[0].Length).Select(f => FeatureColumn.Numeric($"x{f}", [.. rows.Select(row => row[f])]))]);

    private static Explanation[] Explain(FeatureTable table, Func<double[], double> score, ExplanationOptions options, int top = 10) =>
        ShapleySampler.Explain(table, table.Schema, top, options, rows =>
            [.. Enumerable.Range(0, rows.Rows).Select(r => score([.. rows.Columns.Select(column => float.IsNaN(column.Numbers[r]) ? 0.0 : column.Numbers[r])]))]);
}
