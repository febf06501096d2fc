namespace Noah.Bench.Instances;

/// <summary>What contacts hang on: weights of numbers and of products of neighbours, names and what each adds.</summary>
internal sealed class ContactWorld
{
    public const int MostNames = 200_000;
    private const int Numbers = 20;
    private const double ClickIntercept = -2.7, AmountIntercept = -1.4;

    private static readonly int[] Vocabularies = [MostNames, 100_000, 30_000, 10_000, 5_000, 2_000, 1_000, 500, 300, 200];

    private readonly double[] _main, _products;
    private readonly double[][] _effects;
    private readonly string[][] _names;

    public ContactWorld(ulong world)
    {
        var random = new CounterRandom(world, CounterRandom.Stream.Rule, 0);
        (_main, _products) = (Normals(ref random, Numbers, 0.2), Normals(ref random, Numbers, 0.25));
        (_effects, _names) = (new double[Vocabularies.Length][], new string[Vocabularies.Length][]);
        for (var c = 0; c < Vocabularies.Length; c++)
        {
            _effects[c] = Normals(ref random, Vocabularies[c], 0.25);
            _names[c] = [.. Enumerable.Range(0, Vocabularies[c]).Select(name => $"{c}-{name}")];
        }
    }

    /// <summary>The contacts of some rows. Each row has a stream of chance of its own, so that batches give the rows of the whole.</summary>
    public SyntheticContacts Draw(ulong seed, long first, int rows)
    {
        var numbers = Enumerable.Range(0, Numbers).Select(_ => new float[rows]).ToArray();
        var named = Vocabularies.Select(_ => new string?[rows]).ToArray();
        float[] clicks = new float[rows], amounts = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var draw = new CounterRandom(seed, CounterRandom.Stream.Member, first + row);
            double score = 0;
            for (var j = 0; j < Numbers; j++)
            {
                numbers[j][row] = (float)draw.Normal();
                score += _main[j] * numbers[j][row] + (j > 0 ? _products[j] * numbers[j][row] * numbers[j - 1][row] : 0);
            }
            for (var c = 0; c < Vocabularies.Length; c++)
            {
                // The cube of a uniform number: a hundredth of the names have a fifth of the rows.
                var name = (int)(Math.Pow(draw.Uniform(), 3) * Vocabularies[c]);
                named[c][row] = _names[c][name];
                score += _effects[c][name];
            }
            clicks[row] = draw.Uniform() < 1 / (1 + Math.Exp(-ClickIntercept - score)) ? 1f : 0f;
            amounts[row] = draw.Uniform() < 1 / (1 + Math.Exp(-AmountIntercept - score)) ? (float)draw.LogNormal(3 + 0.3 * score, 0.8) : 0f;
        }
        return SyntheticContacts.Of(numbers, named, clicks, amounts);
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
