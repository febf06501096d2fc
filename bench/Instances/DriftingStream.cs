using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// Mails day by day, whose law moves: the weights of numbers, of their pairs and of names turn towards others by a fixed angle a day, the level
/// walks, and each day some campaigns end and new ones, whose names nobody has seen, take their places.
/// </summary>
internal sealed class DriftingStream
{
    private const int Numbers = 10, Pairs = 8, Campaigns = 2_000, Segments = 30;
    private const double Angle = 0.06, LevelStep = 0.05, Replaced = 0.03, Intercept = -1.6;

    private readonly ulong _seed;
    private readonly double[] _main, _mainLater, _pair, _pairLater, _segment, _segmentLater;
    private readonly (int First, int Second)[] _pairs;

    public DriftingStream(ulong seed)
    {
        _seed = seed;
        var world = new CounterRandom(seed, CounterRandom.Stream.Drift, 0);
        (_main, _mainLater) = (Normals(ref world, Numbers, 0.35), Normals(ref world, Numbers, 0.35));
        _pairs = new (int, int)[Pairs];
        for (var p = 0; p < Pairs; p++)
        {
            // Of two different numbers: a square would move the level with its weight.
            var first = world.Index(Numbers);
            _pairs[p] = (first, (first + 1 + world.Index(Numbers - 1)) % Numbers);
        }
        (_pair, _pairLater) = (Normals(ref world, Pairs, 0.35), Normals(ref world, Pairs, 0.35));
        (_segment, _segmentLater) = (Normals(ref world, Segments, 0.5), Normals(ref world, Segments, 0.5));
    }

    /// <summary>Rows of one day.</summary>
    /// <param name="day">From 0.</param>
    /// <param name="rows">How many.</param>
    /// <param name="part">Draws of one day under the same law: another part, other rows.</param>
    public (FeatureTable Features, float[] Labels) Draw(int day, int rows, int part = 0)
    {
        double cosine = Math.Cos(Angle * day), sine = Math.Sin(Angle * day), level = Intercept;
        for (var past = 1; past <= day; past++)
        {
            level += LevelStep * new CounterRandom(_seed, CounterRandom.Stream.Drift, past).Normal();
        }
        int[] born = Births(day);
        var numbers = Enumerable.Range(0, Numbers).Select(_ => new float[rows]).ToArray();
        string?[] segments = new string?[rows], campaigns = new string?[rows];
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var random = new CounterRandom(_seed, CounterRandom.Stream.Member, ((long)((day * 8) + part) << 32) + row);
            var logit = level;
            for (var j = 0; j < Numbers; j++)
            {
                numbers[j][row] = (float)random.Normal();
                logit += ((cosine * _main[j]) + (sine * _mainLater[j])) * numbers[j][row];
            }
            for (var p = 0; p < Pairs; p++)
            {
                logit += ((cosine * _pair[p]) + (sine * _pairLater[p])) * numbers[_pairs[p].First][row] * numbers[_pairs[p].Second][row];
            }
            int segment = random.Index(Segments), place = (int)(Campaigns * Math.Pow(random.Uniform(), 1.5));
            logit += (cosine * _segment[segment]) + (sine * _segmentLater[segment]);
            var campaign = (place * 1_000) + born[place];
            logit += 0.6 * new CounterRandom(_seed, CounterRandom.Stream.Campaign, campaign).Normal();
            (segments[row], campaigns[row]) = ($"s{segment}", $"campaign-{campaign}");
            labels[row] = random.Uniform() < 1 / (1 + Math.Exp(-logit)) ? 1f : 0f;
        }
        return (
            new FeatureTable(
            [
                .. numbers.Select((values, j) => FeatureColumn.Numeric($"x{j}", values)),
                FeatureColumn.Categorical("segment", segments),
                FeatureColumn.Categorical("campaign", campaigns),
            ]),
            labels);
    }

    /// <summary>The day on which the campaign of each place began.</summary>
    private int[] Births(int day)
    {
        var born = new int[Campaigns];
        for (var past = 1; past <= day; past++)
        {
            var random = new CounterRandom(_seed, CounterRandom.Stream.MovedRule, past);
            for (var place = 0; place < Campaigns; place++)
            {
                born[place] = random.Uniform() < Replaced ? past : born[place];
            }
        }
        return born;
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
