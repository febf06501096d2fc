using Noah.Optimization.Online;

namespace Noah.Api.Features.Models.Drift;

/// <summary>Sets two profiles of the same version side by side.</summary>
internal static class DriftComparison
{
    private const double LeastShare = 1e-4;
    private static readonly Dictionary<string, CycleProfile> NoCycles = [];

    public static DriftReport Between(ModelProfile trained, ModelProfile now)
    {
        var numbers = trained.Numbers.Where(pair => now.Numbers.ContainsKey(pair.Key)).Select(pair => Numbers(pair.Key, pair.Value, now.Numbers[pair.Key]));
        var names = trained.Names.Where(pair => now.Names.ContainsKey(pair.Key)).Select(pair => Names(pair.Key, pair.Value, now.Names[pair.Key], now.Members));
        var (before, after) = (trained.Cycles ?? NoCycles, now.Cycles ?? NoCycles);
        var cycles = before.Where(pair => after.ContainsKey(pair.Key)).Select(pair => Cycles(pair.Key, pair.Value, after[pair.Key], now.Members));
        return DriftReport.Of(now.Members, numbers.Concat(names).Concat(cycles));
    }

    private static DriftItem Numbers(string name, NumberProfile trained, NumberProfile now)
    {
        var isScore = name.StartsWith(ModelProfile.ScorePrefix, StringComparison.Ordinal);
        var (label, kind) = isScore ? (name[ModelProfile.ScorePrefix.Length..], "score") : (name, "feature");
        var drift = ScoreDrift.Between(trained.Sample, now.Sample);
        if (drift.Shift == ScoreShift.TooFew)
        {
            return new DriftItem(label, kind, DriftReport.TooFew);
        }

        var missing = Term(trained.Missing, now.Missing) + Term(1 - trained.Missing, 1 - now.Missing);
        var index = drift.StabilityIndex!.Value + missing;
        var moved = index >= ScoreDrift.MajorIndex || missing >= ScoreDrift.ModerateIndex || drift.PValue < ScoreDrift.Significance;
        return new DriftItem(label, kind, moved ? Level(index) : DriftReport.Stable, index, drift.Distance, drift.PValue);
    }

    private static DriftItem Names(string name, NameProfile trained, NameProfile now, int members)
    {
        if (members < ScoreDrift.LeastScores)
        {
            return new DriftItem(name, "feature", DriftReport.TooFew);
        }

        var index = 0.0;
        var (before, after) = (1.0, 1.0);
        foreach (var (value, share) in trained.Shares.Where(pair => pair.Key != NameProfile.Others))
        {
            var present = now.Shares.GetValueOrDefault(value);
            index += Term(share, present);
            (before, after) = (before - share, after - present);
        }

        // Whatever the trained version knew as rare or not at all.
        index += Term(Math.Max(0, before), Math.Max(0, after));
        return new DriftItem(name, "feature", Level(index), index);
    }

    private static DriftItem Cycles(string name, CycleProfile trained, CycleProfile now, int members)
    {
        if (members < ScoreDrift.LeastScores)
        {
            return new DriftItem(name, "feature", DriftReport.TooFew);
        }

        var index = trained.Shares.Zip(now.Shares, Term).Sum() + Term(trained.Missing, now.Missing) + Term(1 - trained.Missing, 1 - now.Missing);
        return new DriftItem(name, "feature", Level(index), index);
    }

    private static double Term(double before, double after)
    {
        var (p, q) = (Math.Max(LeastShare, before), Math.Max(LeastShare, after));
        return (q - p) * Math.Log(q / p);
    }

    private static string Level(double index) => index switch
    {
        >= ScoreDrift.MajorIndex => DriftReport.Major,
        >= ScoreDrift.ModerateIndex => DriftReport.Moderate,
        _ => DriftReport.Stable,
    };
}
