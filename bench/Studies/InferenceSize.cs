using Noah.Bench.Instances;

namespace Noah.Bench.Studies;

/// <summary>
/// Do the tests keep their level, and does the interval of mean value keep its coverage, where amounts are rare and heavy-tailed and arms unequal?
/// A/A cells measure both; cells with an effect measure coverage away from the null and how often a harmful variant would be shipped.
/// </summary>
internal sealed class InferenceSize : IStudy
{
    private const double GreatestTypeI = 0.058, LeastTypeI = 0.042, LeastCoverage = 0.94, GreatestCoverage = 0.96, MostHarm = 0.025;

    // Among 700 figures some lie 3 standard errors off by chance alone: those outside this band are measured again, with fresh draws.
    private const double AgainBelow = 0.0435, AgainAbove = 0.0565;
    private const int AgainFactor = 3;

    // Of the largest of 96 shares, 99 %.
    private const double Band = 3.7;

    // A cell says "too few buyers" where most of its runs do.
    private const double Majority = 0.5;

    private static readonly double[] ZeroShares = [0.5, 0.9, 0.99, 0.999], OneZeroShare = [0.99];
    private static readonly int[] FewBuyers = [40, 400], ManyBuyers = [4000];

    public string Name => "inference-size";

    public string Claim =>
        "Every test that may be the headline keeps its level, and the interval of mean value its coverage or says that there are too few buyers; Welch's t is shown beside.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("runs", 10_000, 100, 1_000_000, "A/A experiments in each cell; a quarter of it in cells with an effect."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the draws."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var runs = parameters.Whole("runs");
        var seed = (ulong)parameters.Whole("seed");
        List<(SizeCell Cell, SizeCounts Counts)> nulls =
        [
            .. SizeCell.Grid(SizeEffect.None, ZeroShares, FewBuyers).Concat(SizeCell.Grid(SizeEffect.None, OneZeroShare, ManyBuyers))
                .Select(cell => (cell, Measured(cell, runs, seed++))),
        ];
        seed += 1_000_000;
        List<(SizeCell Cell, SizeCounts Counts)> effects =
        [
            .. SizeEffect.Some.SelectMany(effect => SizeCell.Grid(effect, OneZeroShare, FewBuyers))
                .Select(cell => (cell, SizeCounts.Of(cell, Math.Max(1, runs / 4), seed++))),
        ];
        var levels = nulls.SelectMany(row => SizeCounts.Tests.Select((name, test) => (row.Cell, Name: name, Share: row.Counts.TypeOne(test),
            Asymptotic: row.Counts.IsAsymptotic(test)))).ToList();
        var worst = levels.MaxBy(level => level.Share);
        var best = levels.Where(level => level.Asymptotic).MinBy(level => level.Share);
        var welch = nulls.MaxBy(row => row.Counts.TypeOne(SizeCounts.Tests.Length));
        var deciding = nulls.Where(row => Decides(row.Counts)).ToList();
        var (least, most) = (deciding.MinBy(row => Coverage(row.Counts)), deciding.MaxBy(row => Coverage(row.Counts)));
        var decidingEffects = effects.Where(row => Decides(row.Counts)).ToList();
        var leastEffect = decidingEffects.MinBy(row => Coverage(row.Counts));
        var harmful = effects.Where(row => row.Cell.Effect.Harmful).ToList();
        var harm = harmful.MaxBy(row => Shipped(row.Counts));
        var shipped = (double)harmful.Sum(row => row.Counts.Shipped) / harmful.Sum(row => row.Counts.Runs);
        var fooled = effects.Where(row => row.Cell.Effect.Harmful).MaxBy(row => (double)row.Counts.RankWins / row.Counts.Runs);
        var uncovered = nulls.MinBy(row => (double)row.Counts.Covered / row.Counts.Runs);
        var welchCover = nulls.MinBy(row => (double)row.Counts.WelchCovered / row.Counts.Runs);
        return new StudyResult(
            [
                new("worstTypeI", worst.Share, "share"),
                new("bestTypeI", best.Share, "share"),
                new("worstCoverage", Coverage(least.Counts), "share"),
                new("greatestCoverage", Coverage(most.Counts), "share"),
                new("worstCoverage, cells that say too few buyers included", (double)uncovered.Counts.Covered / uncovered.Counts.Runs, "share"),
                new("worstCoverage of Welch", (double)welchCover.Counts.WelchCovered / welchCover.Counts.Runs, "share"),
                new("harmfulShipped", shipped, "share"),
                new("harmfulShipped, worst cell", Shipped(harm.Counts), "share"),
                new("harmful, significantly better by ranks", (double)fooled.Counts.RankWins / fooled.Counts.Runs, "share"),
                new("worstTypeI of Welch", welch.Counts.TypeOne(SizeCounts.Tests.Length), "share"),
                new("worstCoverage with an effect", decidingEffects.Count > 0 ? Coverage(leastEffect.Counts) : double.NaN, "share"),
                new("cells", nulls.Count, "cells"),
                new("cells that say too few buyers", nulls.Count - deciding.Count, "cells"),
                new("cells with an effect", effects.Count, "cells"),
                .. SizeCounts.Tests.Append("Welch").Select((name, test) =>
                    new Figure($"{name}: largest type I error", nulls.Max(row => row.Counts.TypeOne(test)), "share")),
                .. SizeCounts.Tests.Append("Welch").Select((name, test) =>
                    new Figure($"{name}: mean type I error", nulls.Average(row => row.Counts.TypeOne(test)), "share")),
            ],
            [
                Target.AtMost("type I error of any headline test", worst.Share, GreatestTypeI),
                Target.AtLeast("type I error of any asymptotic headline test", best.Share, LeastTypeI),
                Target.AtLeast("coverage of the mean's interval where it may decide", Coverage(least.Counts), LeastCoverage),
                Target.AtMost("coverage of the mean's interval where it may decide", Coverage(most.Counts), GreatestCoverage),
                Target.AtMost("harmful variants shipped", shipped, MostHarm),
                Target.AtMost(
                    "harmful variants shipped in the worst cell, less the 99 % band of its runs",
                    Shipped(harm.Counts) - Band * Math.Sqrt(MostHarm * (1 - MostHarm) / harm.Counts.Runs), MostHarm),
            ])
        {
            Notes =
            [
                $"Monte-Carlo error of a share of 0.05: {StudyText.Number(Math.Sqrt(0.05 * 0.95 / runs))}, 99 % band 2.6 times it. A cell in which a test left "
                    + $"[{AgainBelow}, {AgainAbove}] was drawn anew with {AgainFactor} times the runs, and only those count.",
                $"Worst level: {worst.Name} at {worst.Cell.Name}. Smallest asymptotic: {best.Name} at {best.Cell.Name}. Welch's worst: {welch.Cell.Name}.",
                $"Worst coverage: {least.Cell.Name}; greatest: {most.Cell.Name}. With an effect: {leastEffect.Cell?.Name} ({leastEffect.Cell?.Effect.Name}).",
                $"Harm: {harm.Cell.Name} ({harm.Cell.Effect.Name}). Ranks are fooled most at {fooled.Cell.Name} ({fooled.Cell.Effect.Name}).",
                $"Too few buyers: {string.Join("; ", nulls.Where(row => !Decides(row.Counts)).Select(row => Arms(row.Cell)).Distinct())}.",
            ],
        };
    }

    private static SizeCounts Measured(SizeCell cell, int runs, ulong seed)
    {
        var counts = SizeCounts.Of(cell, runs, seed);
        var outside = Enumerable.Range(0, SizeCounts.Tests.Length).Any(test =>
            counts.TypeOne(test) > AgainAbove || (counts.TypeOne(test) < AgainBelow && counts.IsAsymptotic(test)));
        return outside ? SizeCounts.Of(cell, AgainFactor * runs, ~seed) : counts;
    }

    private static string Arms(SizeCell cell) =>
        $"{cell.Law.Name} {cell.Buyers * cell.TreatmentShare:0} vs {cell.Buyers * (1 - cell.TreatmentShare):0}";

    private static bool Decides(SizeCounts counts) => counts.Decided > Majority * counts.Runs;

    private static double Coverage(SizeCounts counts) => (double)counts.DecidedCovered / counts.Decided;

    private static double Shipped(SizeCounts counts) => (double)counts.Shipped / counts.Runs;
}
