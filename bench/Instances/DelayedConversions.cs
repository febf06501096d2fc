using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// A log of clicks and conversions whose delays are known: lognormal with a deviation of 2 around a median that the features move, half of the
/// conversions after the first day, those after 30 days lost. What makes a conversion likely makes it slow as well, so that rows too
/// young to tell look bad exactly where they are good.
/// </summary>
/// <param name="Features">Four numbers and a campaign.</param>
/// <param name="Ages">[rows] days from the click to now, below 0 for clicks still to come.</param>
/// <param name="Delays">[rows] days from the click to the conversion, whether or not it has been seen; NaN for never within the window.</param>
internal sealed record DelayedConversions(FeatureTable Features, double[] Ages, double[] Delays)
{
    public const double Window = 30;

    private const int Campaigns = 20;
    private const double Sigma = 2, MedianSlope = 1;

    /// <param name="seed">Seed.</param>
    /// <param name="rows">Clicks.</param>
    /// <param name="past">Days of log before now.</param>
    /// <param name="future">Days of log after it.</param>
    /// <param name="slowness">How strongly delay follows conversion; 0 for delays alike everywhere.</param>
    public static DelayedConversions Draw(ulong seed, int rows, double past, double future, double slowness)
    {
        var effects = Enumerable.Range(0, Campaigns).Select(c => new CounterRandom(seed, CounterRandom.Stream.Campaign, c))
            .Select(random => (Rate: 0.5 * random.Normal(), Delay: random.Normal())).ToArray();
        float[][] columns = [.. Enumerable.Range(0, 4).Select(_ => new float[rows])];
        var campaigns = new string[rows];
        double[] ages = new double[rows], delays = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            var random = new CounterRandom(seed, CounterRandom.Stream.Member, row);
            foreach (var column in columns)
            {
                column[row] = (float)random.Normal();
            }

            var campaign = random.Index(Campaigns);
            campaigns[row] = $"campaign {campaign}";
            ages[row] = random.Uniform(-future, past);
            double score = -1.6 + 0.6 * columns[0][row] + 0.5 * columns[1][row] * columns[2][row] + effects[campaign].Rate;
            double logMedian = slowness * MedianSlope * (columns[0][row] + effects[campaign].Delay);
            double delay = random.LogNormal(logMedian, Sigma);
            delays[row] = random.Uniform() < 1 / (1 + Math.Exp(-score)) && delay <= Window ? delay : double.NaN;
        }
        return new DelayedConversions(
            new FeatureTable(
            [
                .. columns.Select((column, i) => FeatureColumn.Numeric($"x{i}", column)), FeatureColumn.Categorical("campaign", campaigns),
            ]),
            ages, delays);
    }

    /// <summary>The rows of that age.</summary>
    public DelayedConversions Between(double youngest, double oldest)
    {
        int[] rows = [.. Enumerable.Range(0, Ages.Length).Where(row => Ages[row] >= youngest && Ages[row] < oldest)];
        return new DelayedConversions(Features.Select(rows), [.. rows.Select(row => Ages[row])], [.. rows.Select(row => Delays[row])]);
    }

    /// <summary>Delays of the conversions that have been seen by now; NaN for the others.</summary>
    public double[] Seen() => [.. Delays.Select((delay, row) => delay <= Ages[row] ? delay : double.NaN)];

    public static float[] Labels(double[] delays) => [.. delays.Select(delay => double.IsNaN(delay) ? 0f : 1f)];
}
