using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// New members in their first week and what they bring in 90 days, of which the truth is known. An onboarding that works brings visits, and
/// visitors buy for long; a discount brings a first purchase in the first week, smaller and from people who rarely come back. What comes
/// after the first week depends on what was seen in it (so a proxy can work), and, where <paramref name="HiddenEffect"/> is above 0, on an
/// annoyance that shows only later (so no proxy of the first week can).
/// </summary>
/// <param name="HiddenEffect">Standard deviation between experiments of the effect on later purchases that the first week does not show.</param>
internal sealed record WelcomeWorld(double HiddenEffect)
{
    public const int LabelDays = 90, ProxyDays = 7;

    private const int Population = 20_000;
    private const double MeanAmount = 40, DiscountedShare = 0.6;

    /// <summary>What an arm does.</summary>
    /// <param name="Onboarding">Shift of the log rate of visits.</param>
    /// <param name="Discount">In [0, 1]: how strongly a discount is pushed.</param>
    /// <param name="Hidden">Shift of the log rate of later purchases.</param>
    internal sealed record Arm(double Onboarding, double Discount, double Hidden)
    {
        public static readonly Arm Control = new(0, 0, 0);
    }

    /// <summary>Members of one arm.</summary>
    /// <param name="Features">What the first week shows.</param>
    /// <param name="EarlyRevenue">[members] of the first week.</param>
    /// <param name="Values">[members] of the whole 90 days.</param>
    internal sealed record Cohort(FeatureTable Features, double[] EarlyRevenue, double[] Values);

    /// <summary>A new arm: onboardings, discounts, or some of both.</summary>
    public Arm Draw(CounterRandom random) => new(0.25 * random.Normal(), Math.Max(0, 0.6 * random.Normal()), HiddenEffect * random.Normal());

    /// <summary>What an arm brings a member when it is given to all. The same members are drawn for every arm, so that arms differ by what they do.</summary>
    public static double TrueMean(Arm arm, ulong seed)
    {
        Members(arm, Population, seed, -1, out var mean);
        return mean;
    }

    public static Cohort Members(Arm arm, int count, ulong seed, long stream) => Members(arm, count, seed, stream, out _);

    private static Cohort Members(Arm arm, int count, ulong seed, long stream, out double trueMean)
    {
        float[] visits = new float[count], purchases = new float[count], spent = new float[count], discounted = new float[count], days = new float[count];
        double[] early = new double[count], values = new double[count];
        double expected = 0;
        for (var i = 0; i < count; i++)
        {
            var random = new CounterRandom(seed, CounterRandom.Stream.Member, (stream * 1_000_003) + i);
            var interest = random.Normal();
            visits[i] = Poisson(ref random, Math.Exp(0.4 + 0.5 * interest + arm.Onboarding));
            days[i] = visits[i] == 0 ? float.NaN : (float)random.Uniform(0, ProxyDays);
            var wants = -2.4 + 0.35 * visits[i];
            var full = random.Uniform() < Logistic(wants);
            var bargain = !full && arm.Discount > 0 && random.Uniform() < Logistic(-2 + 1.6 * arm.Discount);
            early[i] = full ? random.LogNormal(Math.Log(MeanAmount) - 0.18, 0.6) : bargain ? DiscountedShare * random.LogNormal(Math.Log(MeanAmount) - 0.18, 0.6) : 0;
            (purchases[i], spent[i], discounted[i]) = (full || bargain ? 1 : 0, (float)early[i], bargain ? 1 : 0);
            var rate = Math.Exp(-1.6 + 0.9 * Math.Log(1 + visits[i]) + (full ? 0.8 : 0) - (bargain ? 0.7 : 0) + arm.Hidden);
            values[i] = early[i];
            for (var later = Poisson(ref random, rate); later > 0; later--)
            {
                values[i] += random.LogNormal(Math.Log(MeanAmount) - 0.18, 0.6);
            }
            expected += early[i] + rate * MeanAmount;
        }
        trueMean = expected / count;
        return new Cohort(
            new FeatureTable(
            [
                FeatureColumn.Numeric("visits", visits), FeatureColumn.Numeric("days since visit", days), FeatureColumn.Numeric("purchases", purchases),
                FeatureColumn.Numeric("spent", spent), FeatureColumn.Numeric("discounted", discounted),
            ]),
            early, values);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static int Poisson(ref CounterRandom random, double mean)
    {
        double limit = Math.Exp(-mean), product = random.Uniform();
        var count = 0;
        while (product > limit)
        {
            product *= random.Uniform();
            count++;
        }
        return count;
    }
}
