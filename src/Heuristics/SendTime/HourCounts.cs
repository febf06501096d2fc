namespace Noah.Heuristics.SendTime;

/// <summary>Checks of 24 counts.</summary>
internal static class HourCounts
{
    public const int Hours = 24;

    public static double CheckAndSum(ReadOnlySpan<double> counts, string parameter)
    {
        if (counts.Length != Hours)
        {
            throw new ArgumentException($"Length {counts.Length} must be {Hours}.", parameter);
        }

        var sum = 0.0;
        for (var hour = 0; hour < Hours; hour++)
        {
            if (!(double.IsFinite(counts[hour]) && counts[hour] >= 0))
            {
                throw new ArgumentOutOfRangeException(parameter, $"Hour {hour}: count {counts[hour]} must be finite and at least 0.");
            }

            sum += counts[hour];
        }

        return sum;
    }
}
