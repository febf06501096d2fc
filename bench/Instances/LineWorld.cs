using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// A shop whose truth is known. A member buys line b unsent with probability o = organic · σ(level + 1.2·e·x + hidden): engagement e tells
/// who buys anyway. A send persuades those who would not have: o + (1 − o)·σ(level + 0.8·r·x − 0.6·e·x), along another direction r and
/// less among the engaged. Directions are drawn for each world; the hidden part is in no feature. A send moves its own line only.
/// </summary>
internal sealed class LineWorld
{
    private const int Width = 8;
    private const double EngagementOfBuyers = 1.2, Persuadability = 0.8, EngagementOfPersuaded = -0.6, Hidden = 0.5;

    // Where the members' mean features stand: many organic buyers of the dear line D, few whom a mail wins for it.
    private static readonly double[] OrganicShare = [0.04, 0.04, 0.03, 0.006];
    private static readonly double[] PersuadedShare = [0.04, 0.04, 0.03, 0.001];

    private readonly Random _random;
    private readonly double _organic;
    private readonly double[][] _engagement;
    private readonly double[][] _persuadability;

    /// <param name="seed">Seed of the world and of all its draws.</param>
    /// <param name="organic">Organic buying against the default: 0 is a world where nobody buys unsent.</param>
    public LineWorld(int seed, double organic)
    {
        (_random, _organic) = (new Random(seed), organic);
        _engagement = [.. ProductLine.All.Select(_ => Direction())];
        _persuadability = [.. ProductLine.All.Select(_ => Direction())];
    }

    /// <summary>Members with their features and the truth about them.</summary>
    public LineMembers Members(int count)
    {
        var lines = ProductLine.Count;
        double[] unsent = new double[count * lines], sent = new double[count * lines];
        var features = Enumerable.Range(0, Width).Select(_ => new float[count]).ToArray();
        var x = new double[Width];
        for (var member = 0; member < count; member++)
        {
            for (var feature = 0; feature < Width; feature++)
            {
                x[feature] = Normal();
                features[feature][member] = (float)x[feature];
            }

            for (var line = 0; line < lines; line++)
            {
                var engagement = Dot(_engagement[line], x);
                var organic = Sigmoid(Logit(OrganicShare[line]) + EngagementOfBuyers * engagement + Hidden * Normal());
                var persuaded = Sigmoid(
                    Logit(PersuadedShare[line]) + Persuadability * Dot(_persuadability[line], x) + EngagementOfPersuaded * engagement);
                unsent[member * lines + line] = Math.Min(1, _organic * organic);
                sent[member * lines + line] = unsent[member * lines + line] + (1 - unsent[member * lines + line]) * persuaded;
            }
        }

        return new LineMembers(new FeatureTable([.. features.Select((column, i) => FeatureColumn.Numeric($"x{i}", column))]), sent, unsent);
    }

    /// <summary>A log in which each member was sent one of the lines or nothing, with equal chances.</summary>
    public LineLog Log(int count)
    {
        var members = Members(count);
        var lines = ProductLine.Count;
        var arms = new int[count];
        var bought = new bool[count * lines];
        for (var member = 0; member < count; member++)
        {
            arms[member] = _random.Next(lines + 1);
            for (var line = 0; line < lines; line++)
            {
                var cell = member * lines + line;
                bought[cell] = _random.NextDouble() < (arms[member] == line + 1 ? members.Sent[cell] : members.Unsent[cell]);
            }
        }

        return new LineLog(members.Features, arms, bought);
    }

    private double[] Direction()
    {
        double[] direction = [.. Enumerable.Range(0, Width).Select(_ => Normal())];
        var length = Math.Sqrt(Dot(direction, direction));
        return [.. direction.Select(part => part / length)];
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
