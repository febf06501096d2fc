using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Resampling;

/// <summary>Bootstrap interval of a difference of means, from values or, by Poisson weights, from additive cells.</summary>
public static class MeanBootstrap
{
    /// <summary>Resamples units.</summary>
    /// <param name="treatment">Finite values, at least two.</param>
    /// <param name="control">Finite values, at least two.</param>
    /// <param name="method">How the interval is read; default BCa.</param>
    /// <param name="resamples">Number of resamples, at least 99; default 1,999.</param>
    /// <param name="seed">Seed; default 1.</param>
    /// <param name="confidence">Confidence in (0, 1); default 0.95.</param>
    /// <returns>The interval; null below two values in an arm or where all values of each arm are equal.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message names its index.</exception>
    public static Interval? Interval(
        ReadOnlySpan<double> treatment, ReadOnlySpan<double> control, BootstrapMethod method = BootstrapMethod.Bca,
        int resamples = 1_999, ulong seed = 1, double confidence = 0.95)
    {
        Require.OpenUnit(confidence);
        Require.AtLeast(resamples, 99);
        Moments one = Moments.Of(treatment), other = Moments.Of(control);
        if (one.Variance is not { } variance1 || other.Variance is not { } variance0 || variance1 + variance0 <= 0)
        {
            return null;
        }

        var random = new SplitMix64(seed);
        var differences = new double[resamples];
        for (var round = 0; round < resamples; round++)
        {
            differences[round] = Mean(treatment, ref random) - Mean(control, ref random);
        }

        Array.Sort(differences);
        return method == BootstrapMethod.Percentile
            ? Read(differences, (1 - confidence) / 2, (1 + confidence) / 2)
            : Bca(differences, one.Mean - other.Mean, Acceleration(PowerMoments.Of(treatment), PowerMoments.Of(control)), confidence);
    }

    /// <summary>
    /// Resamples independent cells (buckets of the assignment hash, accounts), each with a weight drawn from Poisson(1): the bootstrap of data that
    /// are only held as sums (Chamandy, Muralidharan, Najmi and Naidu 2012). Percentile interval.
    /// </summary>
    /// <param name="treatment">Moments a cell; cells are independent of each other. 50 or more are needed for a steady interval.</param>
    /// <param name="control">The same of the control arm.</param>
    /// <param name="resamples">Number of resamples, at least 99; default 1,999.</param>
    /// <param name="seed">Seed; default 1.</param>
    /// <param name="confidence">Confidence in (0, 1); default 0.95.</param>
    /// <returns>The interval; null below two cells with units in an arm.</returns>
    public static Interval? OfCells(
        IReadOnlyList<Moments> treatment, IReadOnlyList<Moments> control, int resamples = 1_999, ulong seed = 1, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        Require.OpenUnit(confidence);
        Require.AtLeast(resamples, 99);
        if (treatment.Count(cell => cell.Count > 0) < 2 || control.Count(cell => cell.Count > 0) < 2)
        {
            return null;
        }

        var random = new SplitMix64(seed);
        var differences = new double[resamples];
        for (var round = 0; round < resamples; round++)
        {
            differences[round] = Mean(treatment, ref random) - Mean(control, ref random);
        }

        Array.Sort(differences);
        return Read(differences, (1 - confidence) / 2, (1 + confidence) / 2);
    }

    private static double Mean(ReadOnlySpan<double> values, ref SplitMix64 random)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[(int)(random.NextDouble() * values.Length)];
        }

        return sum / values.Length;
    }

    private static double Mean(IReadOnlyList<Moments> cells, ref SplitMix64 random)
    {
        double units = 0, sum = 0;
        while (units <= 0)
        {
            (units, sum) = (0, 0);
            foreach (var cell in cells)
            {
                double weight = Poisson(ref random);
                units += weight * cell.Count;
                sum += weight * cell.Count * cell.Mean;
            }
        }

        return sum / units;
    }

    private static int Poisson(ref SplitMix64 random)
    {
        var count = 0;
        for (var product = random.NextDouble(); product > 1 / Math.E; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }

    // A sixth of the skewness of the influence values, which for a difference of means are the deviations over n.
    private static double Acceleration(PowerMoments one, PowerMoments other)
    {
        double n1 = one.Count, n0 = other.Count;
        var cubes = (one.M3 / (n1 * n1 * n1)) - (other.M3 / (n0 * n0 * n0));
        return cubes / (6 * Math.Pow((one.M2 / (n1 * n1)) + (other.M2 / (n0 * n0)), 1.5));
    }

    private static Interval Bca(double[] sorted, double observed, double acceleration, double confidence)
    {
        double below = sorted.Count(value => value < observed), equal = sorted.Count(value => value == observed);
        var share = Math.Clamp((below + (equal / 2)) / sorted.Length, 0.5 / sorted.Length, 1 - (0.5 / sorted.Length));
        var bias = Tails.NormalQuantile(share);
        double Level(double z) => (1 - (Math.Sign(z) * (1 - Tails.NormalTwoSided(z)))) / 2;
        double Moved(double z) => 1 - Level(bias + ((bias + z) / (1 - (acceleration * (bias + z)))));
        var critical = Tails.NormalCritical(confidence);
        return Read(sorted, Moved(-critical), Moved(critical));
    }

    private static Interval Read(double[] sorted, double low, double high) =>
        new(Quantiles.OfSorted(sorted, low)!.Value, Quantiles.OfSorted(sorted, high)!.Value);
}
