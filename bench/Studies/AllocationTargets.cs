using Noah.Bench.Peers;

namespace Noah.Bench.Studies;

/// <summary>What the allocation study must show, by the kind of instance and its size.</summary>
internal static class AllocationTargets
{
    public const double Largest = 10_000_000;
    private const double Large = 1_000_000;
    private const double Medium = 100_000;
    private const double PlainSkew = 1.2;

    public static IReadOnlyList<Target> Of(StudyParameters parameters, NoahReport noah, PeerRuns peers, double timesTenth)
    {
        var members = parameters["members"];
        List<Target> targets = [Target.AtMost("maxRelativeViolation", noah.MaxRelativeViolation, 1e-9)];
        if (GreatestGap(parameters) is { } gap)
        {
            targets.Add(Target.AtMost("relativeGap", noah.RelativeGap, gap));
        }

        if (noah is { MovedCold: { } cold, MovedWarm: { } warm })
        {
            targets.Add(Target.AtMost("warmPassesOverCold", warm.FullPasses / cold.FullPasses, 0.4));
        }

        if (parameters.Word("solver") != "dual" || !IsPlain(parameters))
        {
            return targets;
        }

        if (members >= Large)
        {
            targets.Add(Target.AtMost("peakRssMb", noah.PeakRssMb, members >= Largest ? 2_048 : 400));
        }

        if (members >= Largest)
        {
            targets.Add(Target.AtMost("timesTenthOfMembers", timesTenth, 15));
        }

        if (peers.Has("pdlp") && members >= Medium)
        {
            targets.Add(Target.AtLeast("speedupOverPdlp", peers.Speedup("pdlp"), members >= Large ? 100 : 40));
        }

        if (peers.Has("glop") && members >= Medium)
        {
            targets.Add(Target.AtLeast("speedupOverGlop", peers.Speedup("glop"), 60));
        }

        return targets;
    }

    // Gaps are promised from the sizes on that the figures were set for; below them one unit weighs more.
    private static double? GreatestGap(StudyParameters parameters)
    {
        var members = parameters["members"];
        return parameters.Word("solver") switch
        {
            "exact" => null,
            "partition" => members >= Large && IsPlain(parameters) ? 5e-4 : null,
            _ when members < Medium => null,
            _ when parameters.Flag("bands") => members >= Large ? 3e-4 : null,
            _ when parameters.Word("budgets") == "tight" => parameters["tightness"] >= 0.15 ? 5e-4 : parameters["tightness"] >= 0.05 ? 1e-3 : null,
            _ when !IsPlain(parameters) => 5e-4,
            _ => members >= Largest ? 1e-5 : members >= Large ? 5e-5 : 1e-4,
        };
    }

    private static bool IsPlain(StudyParameters parameters) =>
        parameters.Word("budgets") == "normal" && !parameters.Flag("bands") && !parameters.Flag("skewed-costs")
        && parameters["negative"] == 0 && parameters["skew"] == PlainSkew;
}
