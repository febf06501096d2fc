using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// Members and mails whose response is known to hang on pairs of features: 12 numbers, 4 features of few names, one of 20,000 names by Zipf's
/// law. Log odds = main effects + products of latent factors of pairs + the id's own effect, scaled so that the truth's AUC is near 0.906.
/// </summary>
internal sealed record PlantedInteractions(FeatureTable Features, float[] Labels, float[] TrueProbabilities)
{
    public const int Ids = 20_000;
    private const int Numbers = 12, NamedFeatures = 4, Names = 30, Factors = 4;
    private const double ZipfExponent = 1.05;
    private const double Intercept = -1, Strength = 0.8;

    public static PlantedInteractions Draw(int rows, ulong seed)
    {
        var world = new CounterRandom(seed, CounterRandom.Stream.Rule, 0);
        double[] mainOfNumber = Normals(ref world, Numbers, 0.25), idEffect = Normals(ref world, Ids, 0.8);
        var pairs = Enumerable.Range(0, 10).Select(_ => (First: world.Index(Numbers), Second: world.Index(Numbers))).ToArray();
        double[] pairWeight = Normals(ref world, pairs.Length, 0.45);
        double[] latent = Normals(ref world, NamedFeatures * Names * Factors, 0.75), idLatent = Normals(ref world, Ids * Factors, 0.55);
        double[] popularity = Zipf();
        var numbers = Enumerable.Range(0, Numbers).Select(_ => new float[rows]).ToArray();
        var names = Enumerable.Range(0, NamedFeatures).Select(_ => new string?[rows]).ToArray();
        string[] idNames = [.. Enumerable.Range(0, Ids).Select(id => $"campaign-{id}")], nameTexts = [.. Enumerable.Range(0, Names).Select(n => $"n{n}")];
        var ids = new string?[rows];
        float[] labels = new float[rows], truth = new float[rows];
        Span<int> drawn = stackalloc int[NamedFeatures];
        for (var row = 0; row < rows; row++)
        {
            var random = new CounterRandom(seed, CounterRandom.Stream.Member, row);
            double logit = 0;
            for (var j = 0; j < Numbers; j++)
            {
                numbers[j][row] = (float)random.Normal();
                logit += mainOfNumber[j] * numbers[j][row];
            }
            for (var p = 0; p < pairs.Length; p++)
            {
                logit += pairWeight[p] * numbers[pairs[p].First][row] * numbers[pairs[p].Second][row];
            }
            for (var f = 0; f < NamedFeatures; f++)
            {
                drawn[f] = random.Index(Names);
                names[f][row] = nameTexts[drawn[f]];
            }
            var found = Array.BinarySearch(popularity, random.Uniform());
            var id = Math.Min(found < 0 ? ~found : found + 1, Ids - 1);
            ids[row] = idNames[id];
            logit += idEffect[id];
            for (var f = 0; f < NamedFeatures; f++)
            {
                // Neighbouring named features meet, and the first two meet the id.
                logit += Dot(latent, f * Names + drawn[f], latent, (f + 1) % NamedFeatures * Names + drawn[(f + 1) % NamedFeatures]);
                logit += f < 2 ? Dot(latent, f * Names + drawn[f], idLatent, id) : 0;
            }
            truth[row] = (float)(1 / (1 + Math.Exp(-Intercept - Strength * logit)));
            labels[row] = random.Uniform() < truth[row] ? 1f : 0f;
        }
        return new PlantedInteractions(
            new FeatureTable(
            [
                .. numbers.Select((values, j) => FeatureColumn.Numeric($"x{j}", values)),
                .. names.Select((values, f) => FeatureColumn.Categorical($"c{f}", values)),
                FeatureColumn.Categorical("id", ids),
            ]),
            labels, truth);
    }

    public PlantedInteractions Select(int[] rows) =>
        new(Features.Select(rows), [.. rows.Select(row => Labels[row])], [.. rows.Select(row => TrueProbabilities[row])]);

    private static double[] Zipf()
    {
        var cumulated = new double[Ids];
        double total = 0;
        for (var id = 0; id < Ids; id++)
        {
            cumulated[id] = total += Math.Pow(id + 1, -ZipfExponent);
        }
        return Array.ConvertAll(cumulated, sum => sum / total);
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

    private static double Dot(double[] a, int first, double[] b, int second)
    {
        double sum = 0;
        for (var k = 0; k < Factors; k++)
        {
            sum += a[first * Factors + k] * b[second * Factors + k];
        }
        return sum;
    }
}
