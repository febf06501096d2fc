using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Power;

/// <summary>
/// How long an experiment must run, from the tenant's own traffic: cumulative distinct members, which grow slower than days as members come
/// back. Beyond the history the curve goes on as a power of the day, a t^b with b ≤ 1, fitted to its second half.
/// </summary>
public static class RunTime
{
    // A curve does not say more about the future than it is long.
    private const double LongestExtrapolation = 3;

    /// <summary>Days until so many members have arrived.</summary>
    /// <param name="cumulativeMembers">Distinct eligible members by the end of day 1, 2, … of a typical stretch; not falling, at least 7 days.</param>
    /// <param name="members">Members needed in all arms, above 0.</param>
    /// <param name="share">Share of the traffic that enters the experiment, in (0, 1]; default 1.</param>
    /// <param name="maturityDays">Days that the last member's outcome takes, at least 0; default 0.</param>
    /// <exception cref="ArgumentException">The curve is too short, falls, or never rises above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static RunTimeEstimate Of(ReadOnlySpan<double> cumulativeMembers, double members, double share = 1, int maturityDays = 0)
    {
        Check(cumulativeMembers);
        Require.AtLeast(maturityDays, 0);
        if (!(members > 0 && double.IsFinite(members)))
        {
            throw new ArgumentOutOfRangeException(nameof(members), members, "Must be finite and above 0.");
        }

        if (!(share > 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "Must lie in (0, 1].");
        }

        for (var day = 0; day < cumulativeMembers.Length; day++)
        {
            if (cumulativeMembers[day] * share >= members)
            {
                return new RunTimeEstimate(RunTimeStatus.Observed, day + 1, day + 1 + maturityDays, null);
            }
        }

        var exponent = Exponent(cumulativeMembers);
        var needed = exponent > 0
            ? cumulativeMembers.Length * Math.Pow(members / (share * cumulativeMembers[^1]), 1 / exponent)
            : double.PositiveInfinity;
        if (needed > LongestExtrapolation * cumulativeMembers.Length)
        {
            return new RunTimeEstimate(RunTimeStatus.OutOfReach, null, null, exponent);
        }

        var days = (int)Math.Ceiling(needed);
        return new RunTimeEstimate(RunTimeStatus.Extrapolated, days, days + maturityDays, exponent);
    }

    // Slope of log members over log day in the second half, by least squares.
    private static double Exponent(ReadOnlySpan<double> curve)
    {
        double n = 0, sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        for (var day = curve.Length / 2; day < curve.Length; day++)
        {
            double x = Math.Log(day + 1), y = Math.Log(Math.Max(curve[day], double.Epsilon));
            (n, sumX, sumY, sumXx, sumXy) = (n + 1, sumX + x, sumY + y, sumXx + (x * x), sumXy + (x * y));
        }

        return Math.Clamp(((n * sumXy) - (sumX * sumY)) / ((n * sumXx) - (sumX * sumX)), 0, 1);
    }

    private static void Check(ReadOnlySpan<double> cumulativeMembers)
    {
        if (cumulativeMembers.Length < 7)
        {
            throw new ArgumentException($"Has {cumulativeMembers.Length} days: a week at least is needed.", nameof(cumulativeMembers));
        }

        for (var day = 0; day < cumulativeMembers.Length; day++)
        {
            if (!(cumulativeMembers[day] >= (day == 0 ? 0 : cumulativeMembers[day - 1]) && double.IsFinite(cumulativeMembers[day])))
            {
                throw new ArgumentException($"Day {day} has {cumulativeMembers[day]}: a cumulative number does not fall.", nameof(cumulativeMembers));
            }
        }

        if (!(cumulativeMembers[cumulativeMembers.Length / 2] > 0))
        {
            throw new ArgumentException("Nobody arrives in the first half of the curve.", nameof(cumulativeMembers));
        }
    }
}
