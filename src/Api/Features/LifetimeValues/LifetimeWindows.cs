using Noah.Api.Platform.Errors;
using Noah.Prediction.Labels;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>
/// What the log is long enough for. A horizon of h days is learnt where the log holds the days over which snapshots are spread and 1.5 h
/// more: h to follow the customer, and half as much to have known the customer before. What is longer is stretched from the longest that fits.
/// </summary>
/// <param name="Design">The draw of the snapshots, with the longest known horizon as follow-up.</param>
/// <param name="KnownDays">Horizons that are learnt.</param>
/// <param name="LaterDays">Horizons that are stretched.</param>
internal sealed record LifetimeWindows(SnapshotDesign Design, IReadOnlyList<int> KnownDays, IReadOnlyList<int> LaterDays)
{
    private const int MostJitterDays = 90;
    private const int LeastJitterDays = 7;
    private const int JitterPart = 6;
    private const double LengthOfHorizon = 1.5;

    /// <summary>A shorter follow-up sees one purchase of a customer at most.</summary>
    private const int LeastHorizonDays = 28;

    public static LifetimeWindows For(LifetimeValueSpecification specification, DateTimeOffset reference, int historyDays)
    {
        var jitter = Math.Clamp(historyDays / JitterPart, LeastJitterDays, MostJitterDays);
        var longest = (int)((historyDays - jitter) / LengthOfHorizon);
        List<int> known = [.. specification.HorizonDays.Where(days => days <= longest)];
        int[] later = [.. specification.HorizonDays.Where(days => days > longest)];
        if (later.Length > 0 && longest >= LeastHorizonDays && longest > known.LastOrDefault())
        {
            // As long a look as the log allows is the best ground to stretch from.
            known.Add(longest);
        }

        if (known.Count == 0)
        {
            var needed = (int)Math.Ceiling(Math.Min(LeastHorizonDays, specification.HorizonDays[0]) * LengthOfHorizon) + LeastJitterDays;
            throw new ProblemException(
                ProblemType.NotReady, $"The log holds {historyDays} days of purchases; at least {needed} are needed to follow customers for {LeastHorizonDays} days.");
        }

        var design = new SnapshotDesign
        {
            Reference = reference,
            JitterDays = jitter,
            TreatmentDays = 0,
            FollowUpDays = known[^1],
            FeatureDays = CustomerMoments.FeatureDays,
            Seed = (ulong)specification.Seed,
        };
        return new LifetimeWindows(design, known, later);
    }
}
