using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// Amounts of which the distribution of every row is known: zero, a small purchase or a large one. The share of large buyers goes from
/// hardly any to nearly all, so that one lognormal, whose variance is greatest in the middle, puts the rows in a wrong order.
/// </summary>
/// <param name="Features">Six numbers, of which the last two say nothing.</param>
/// <param name="Amounts">[rows] drawn.</param>
/// <param name="Means">[rows] expected amount given the features: the best score there is.</param>
internal sealed record PlantedAmounts(FeatureTable Features, float[] Amounts, float[] Means)
{
    private const double SmallMu = 1, LargeMu = 5, Sigma = 0.7;

    public static PlantedAmounts Draw(ulong seed, int rows)
    {
        var columns = Enumerable.Range(0, 6).Select(_ => new float[rows]).ToArray();
        float[] amounts = new float[rows], means = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var random = new CounterRandom(seed, CounterRandom.Stream.Member, row);
            foreach (var column in columns)
            {
                column[row] = (float)random.Normal();
            }

            double positive = Sigmoid(-0.5 + 0.8 * columns[0][row]), large = Sigmoid(2 * columns[1][row]);
            double small = SmallMu + 0.3 * columns[2][row], high = LargeMu + 0.3 * columns[3][row];
            means[row] = (float)(positive * ((1 - large) * Math.Exp(small + Sigma * Sigma / 2) + large * Math.Exp(high + Sigma * Sigma / 2)));
            if (random.Uniform() < positive)
            {
                amounts[row] = (float)random.LogNormal(random.Uniform() < large ? high : small, Sigma);
            }
        }
        return new PlantedAmounts(
            new FeatureTable([.. columns.Select((column, i) => FeatureColumn.Numeric($"x{i}", column))]), amounts, means);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
