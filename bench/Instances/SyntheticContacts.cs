using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// Contacts in number: 20 numbers and 10 features with 349,000 names in all, popular ones first. A click hangs on both and on products of
/// numbers; so does an amount, lognormal where there is one.
/// </summary>
/// <param name="Features">[rows × 30].</param>
/// <param name="Clicks">[rows] 0 or 1, about 13 %.</param>
/// <param name="Amounts">[rows] above 0 in about 27 %.</param>
internal sealed record SyntheticContacts(FeatureTable Features, float[] Clicks, float[] Amounts)
{
    public const int MostNames = 200_000;
    private const int Numbers = 20;
    private const double ClickIntercept = -2.7, AmountIntercept = -1.4;

    private static readonly int[] Vocabularies = [MostNames, 100_000, 30_000, 10_000, 5_000, 2_000, 1_000, 500, 300, 200];

    public static SyntheticContacts Draw(int rows, ulong seed, ulong world = 1)
    {
        var random = new CounterRandom(world, CounterRandom.Stream.Rule, 0);
        double[] main = Normals(ref random, Numbers, 0.2), products = Normals(ref random, Numbers, 0.25);
        double[][] effects = new double[Vocabularies.Length][];
        string[][] names = new string[Vocabularies.Length][];
        for (var c = 0; c < Vocabularies.Length; c++)
        {
            effects[c] = Normals(ref random, Vocabularies[c], 0.25);
            names[c] = [.. Enumerable.Range(0, Vocabularies[c]).Select(name => $"{c}-{name}")];
        }
        var numbers = Enumerable.Range(0, Numbers).Select(_ => new float[rows]).ToArray();
        var named = Vocabularies.Select(_ => new string?[rows]).ToArray();
        float[] clicks = new float[rows], amounts = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var draw = new CounterRandom(seed, CounterRandom.Stream.Member, row);
            double score = 0;
            for (var j = 0; j < Numbers; j++)
            {
                numbers[j][row] = (float)draw.Normal();
                score += main[j] * numbers[j][row] + (j > 0 ? products[j] * numbers[j][row] * numbers[j - 1][row] : 0);
            }
            for (var c = 0; c < Vocabularies.Length; c++)
            {
                // The cube of a uniform number: a hundredth of the names have a fifth of the rows.
                var name = (int)(Math.Pow(draw.Uniform(), 3) * Vocabularies[c]);
                named[c][row] = names[c][name];
                score += effects[c][name];
            }
            clicks[row] = draw.Uniform() < 1 / (1 + Math.Exp(-ClickIntercept - score)) ? 1f : 0f;
            amounts[row] = draw.Uniform() < 1 / (1 + Math.Exp(-AmountIntercept - score)) ? (float)draw.LogNormal(3 + 0.3 * score, 0.8) : 0f;
        }
        return new SyntheticContacts(
            new FeatureTable(
            [
                .. numbers.Select((values, j) => FeatureColumn.Numeric($"x{j}", values)),
                .. named.Select((values, c) => FeatureColumn.Categorical($"c{c}", values)),
            ]),
            clicks, amounts);
    }

    private static double[] Normals(ref CounterRandom random, int count, double deviation)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = deviation * random.Normal();
        }
        return values;
    }
}
