using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Inference;

/// <summary>
/// Welch's t of ln(1 + y): a common test of revenue. Its difference is one of logarithms, not of money, and with many zeros it mostly sees how many
/// buy.
/// </summary>
public static class LogWelchTest
{
    /// <summary>Compares zero-inflated samples.</summary>
    /// <param name="treatment">Treatment arm.</param>
    /// <param name="control">Control arm.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static WelchResult Compare(ZeroInflatedSample treatment, ZeroInflatedSample control, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return WelchTest.Compare(Logs(treatment), Logs(control), confidence);
    }

    private static Moments Logs(ZeroInflatedSample sample)
    {
        var logs = new double[sample.Positives.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = LogOnePlus(sample.Positives[i]);
        }

        return Moments.Of(logs).Merge(new Moments(sample.Zeros, 0, 0));
    }

    // ln(1 + y) without losing small y (Kahan's correction of 1 + y).
    private static double LogOnePlus(double y)
    {
        var sum = 1 + y;
        return sum == 1 ? y : Math.Log(sum) * (y / (sum - 1));
    }
}
