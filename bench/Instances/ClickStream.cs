using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>A seeded stream of impressions: numbers, two categories of Zipf-like frequency, and clicks by main effects and pairs; no row twice.</summary>
internal sealed record ClickStream(FeatureTable Features, int[] Actions, float[] Labels)
{
    private const int Numbers = 12, Sites = 200, Offers = 50;

    public static ClickStream Draw(int seed, int rows)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Clicks, 0);
        var main = Draws(ref random, Numbers, 0.3);
        var pairs = Draws(ref random, Numbers, 0.3);
        var sites = Draws(ref random, Sites, 0.5);
        var offers = Draws(ref random, Sites * Offers, 0.5);
        var columns = Enumerable.Range(0, Numbers).Select(_ => new float[rows]).ToArray();
        string?[] site = new string?[rows], offer = new string?[rows];
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var logit = -2.2;
            for (var k = 0; k < Numbers; k++)
            {
                columns[k][row] = (float)random.Normal();
                logit += main[k] * columns[k][row] + (k > 0 ? pairs[k] * columns[k][row] * columns[k - 1][row] : 0);
            }

            var (s, o) = ((int)(Sites * Math.Pow(random.Uniform(), 3)), (int)(Offers * Math.Pow(random.Uniform(), 2)));
            (site[row], offer[row]) = ($"s{s}", $"o{o}");
            logit += sites[s] + offers[s * Offers + o];
            labels[row] = random.Uniform() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }

        return new ClickStream(
            new FeatureTable(
            [
                .. columns.Select((column, k) => FeatureColumn.Numeric($"x{k}", column)),
                FeatureColumn.Categorical("site", site),
                FeatureColumn.Categorical("offer", offer),
            ]),
            new int[rows],
            labels);
    }

    private static double[] Draws(ref CounterRandom random, int count, double deviation)
    {
        var values = new double[count];
        for (var k = 0; k < count; k++)
        {
            values[k] = deviation * random.Normal();
        }

        return values;
    }
}
