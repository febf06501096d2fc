using System.Globalization;

namespace Noah.Bench.Peers;

/// <summary>The figures of NOAH's own runs.</summary>
internal static class NoahFigures
{
    /// <summary>Several instances as one: worst gap, violation and memory, median time, the rest of the first.</summary>
    public static NoahReport Worst(IReadOnlyList<NoahReport> seeds)
    {
        var median = seeds.OrderBy(seed => seed.WallSeconds).ElementAt((seeds.Count - 1) / 2);
        return seeds[0] with
        {
            RelativeGap = seeds.Max(seed => Bad(seed.RelativeGap)),
            FractionalGap = seeds.Max(seed => Bad(seed.FractionalGap)),
            MaxRelativeViolation = seeds.Max(seed => Bad(seed.MaxRelativeViolation)),
            PeakRssMb = seeds.Max(seed => seed.PeakRssMb),
            WallSeconds = median.WallSeconds,
            CpuSeconds = median.CpuSeconds,
            SolverSeconds = median.SolverSeconds,
            MovedCold = median.MovedCold,
            MovedWarm = median.MovedWarm,
        };

        // An instance without an allocation is the worst of all, and Max passes over NaN.
        static double Bad(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
    }

    /// <param name="noah">The worst of the seeds.</param>
    /// <param name="first">The first, which the peers see.</param>
    public static IEnumerable<Figure> Of(NoahReport noah, NoahReport first) =>
    [
        new("objective", first.Objective, "value"),
        new("dualBound", first.DualBound, "value"),
        new("relativeGap", noah.RelativeGap, "ratio"),
        new("maxRelativeViolation", noah.MaxRelativeViolation, "of the bound"),
        new("wallSeconds", noah.WallSeconds, "s"),
        new("wallSecondsCold", noah.WallSecondsCold, "s"),
        new("cpuSeconds", noah.CpuSeconds, "s"),
        new("peakRssMb", noah.PeakRssMb, "MiB"),
        new("edgesPerSecond", noah.Edges / noah.WallSeconds, "1/s"),
        new("solverSeconds", noah.SolverSeconds, "s, the rest rounds and certifies"),
        new("buildSeconds", noah.BuildSeconds, "s, not counted"),
        new("fractionalGap", noah.FractionalGap, "ratio"),
        new("fractionalUnits", first.FractionalUnits, "units"),
        new("edges", first.Edges, "edges"),
        new("rows", first.Rows, "rows"),
        new("bindingRows", first.BindingRows, "rows"),
        new("bindingLowerBounds", first.BindingLowerRows, "rows"),
        new("fullPasses", first.FullPasses, "passes"),
        new("coreUnits", first.CoreUnits, "units"),
    ];

    public static IEnumerable<Figure> Moved(NoahReport cold, NoahReport sampled, NoahReport warm) =>
    [
        new("warmPassesOverCold", warm.FullPasses / cold.FullPasses, "ratio"),
        new("warmSecondsOverCold", warm.WallSeconds / cold.WallSeconds, "ratio"),
        new("warmFullPasses", warm.FullPasses, "passes"),
        new("coldFullPasses", cold.FullPasses, "passes"),
        new("sampledFullPasses", sampled.FullPasses, "passes"),
        new("warmRelativeGap", warm.RelativeGap, "ratio"),
        new("coldRelativeGap", cold.RelativeGap, "ratio"),
    ];

    public static IEnumerable<Figure> Growth(int members, NoahReport report)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $" at {members} members");
        return
        [
            new("relativeGap" + at, report.RelativeGap, "ratio"),
            new("maxRelativeViolation" + at, report.MaxRelativeViolation, "of the bound"),
            new("wallSeconds" + at, report.WallSeconds, "s"),
            new("cpuSeconds" + at, report.CpuSeconds, "s"),
            new("peakRssMb" + at, report.PeakRssMb, "MiB"),
            new("edgesPerSecond" + at, report.Edges / report.WallSeconds, "1/s"),
        ];
    }
}
