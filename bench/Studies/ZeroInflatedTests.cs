using Noah.Bench.Instances;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Bench.Studies;

/// <summary>
/// Which test of a rare heavy-tailed outcome keeps its level, and which then sees the most? Null designs of noah.md §7.3, nominal level
/// 0.05. Power is compared where each test really has level 0.05 in that design (its own 5 % quantile of p under the null), since a test
/// that rejects a fifth of all nulls is not the stronger for it.
/// </summary>
internal sealed class ZeroInflatedTests : IStudy
{
    private const double Level = 0.05;

    // Median amount of 20 (noah.md §7.3).
    private const double AmountLogMean = 3;

    // The project's target for the zero-trimmed U (noah.md §8), widened by what so few runs cannot tell apart.
    private const double LeastLevel = 0.045, GreatestLevel = 0.06;
    private const double NormalQuantile995 = 2.5758;
    private const string Peer = "Welch";
    private const string Candidate = "zero-trimmed U";

    // 999 resolve p to 0.001 and keep the level exact at 0.05.
    private static readonly ZeroTrimmedUOptions ZeroTrimmed = new() { Permutations = 999 };

    private static readonly (string Name, Func<ZeroInflatedSample, ZeroInflatedSample, double?> PValue)[] Tests =
    [
        (Candidate, (treatment, control) => ZeroTrimmedUTest.Compare(treatment, control, ZeroTrimmed).PValue),
        ("Mann-Whitney", (treatment, control) => MannWhitneyTest.Compare(treatment, control).PValue),
        ("two-part", (treatment, control) => TwoPartTest.Compare(treatment, control).PValue),
        (Peer, (treatment, control) => WelchTest.Compare(treatment.Moments, control.Moments).PValue),
    ];

    // A lift that leaves no test near power 0 or 1: conversion and amount move together, the case the zero-trimmed U is made for.
    private static readonly Design[] Designs =
    [
        new("20k/20k at 1 %", 20_000, 20_000, 0.01, Lift: 1.15),
        new("36k/4k at 1 %", 36_000, 4_000, 0.01, Lift: 1.25),
        new("36k/4k at 0.1 %", 36_000, 4_000, 0.001, Lift: 2.5),
    ];

    public string Name => "zero-inflated-tests";

    public string Claim =>
        "The pooled zero-trimmed U keeps its level on rare heavy-tailed spend down to 4 converters in an arm; Welch's t is shown beside.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("runs", 2_000, 200, 1_000_000, "Experiments drawn for each design, under the null and under the lift."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the draws."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var runs = parameters.Whole("runs");
        var figures = new List<Figure>();
        var targets = new List<Target>();
        for (var d = 0; d < Designs.Length; d++)
        {
            var design = Designs[d];
            var random = new Random(unchecked(parameters.Whole("seed") * Designs.Length + d));
            var underNull = PValues(design, 1, runs, random);
            var underLift = PValues(design, design.Lift, runs, random);
            double[] level = Array.ConvertAll(underNull, p => Share(p, Level));
            double[] power = [.. Tests.Select((_, t) => Share(underLift[t], OwnThreshold(underNull[t])))];
            figures.AddRange(Tests.Select((test, t) => new Figure($"{design.Name}: type I error of {test.Name}", level[t], "share")));
            figures.AddRange(Tests.Select((test, t) => new Figure($"{design.Name}: power of {test.Name}", power[t], "share")));
            figures.AddRange(Tests.Take(Tests.Length - 1).Select((test, t) =>
                new Figure($"{design.Name}: power of {test.Name} / {Peer}", power[t] / power[^1], "ratio")));
            targets.Add(Target.AtLeast($"{design.Name}: type I error of {Candidate}", level[0], LeastLevel - HalfWidth(LeastLevel, runs)));
            targets.Add(Target.AtMost($"{design.Name}: type I error of {Candidate}", level[0], GreatestLevel + HalfWidth(GreatestLevel, runs)));
        }
        return new StudyResult(figures, targets);
    }

    /// <returns>[tests][runs]; a test that could not be computed never rejects.</returns>
    private static double[][] PValues(Design design, double lift, int runs, Random random)
    {
        var control = new ArmDraw(design.Control, design.Rate, AmountLogMean);
        var treatment = new ArmDraw(design.Treatment, design.Rate * lift, AmountLogMean + Math.Log(lift));
        var p = Array.ConvertAll(Tests, _ => new double[runs]);
        for (var run = 0; run < runs; run++)
        {
            var (treated, untreated) = (treatment.Sample(random), control.Sample(random));
            for (var t = 0; t < Tests.Length; t++)
            {
                p[t][run] = Tests[t].PValue(treated, untreated) ?? double.PositiveInfinity;
            }
        }
        return p;
    }

    private static double Share(double[] p, double threshold) => p.Count(value => value <= threshold) / (double)p.Length;

    // The largest threshold at which at most 5 % of the nulls are rejected: ties at the quantile are left out.
    private static double OwnThreshold(double[] underNull)
    {
        var allowed = (int)(Level * underNull.Length);
        var sorted = underNull.Order().ToArray();
        return Math.BitDecrement(sorted[allowed]);
    }

    private static double HalfWidth(double share, int runs) => NormalQuantile995 * Math.Sqrt(share * (1 - share) / runs);

    private sealed record Design(string Name, int Treatment, int Control, double Rate, double Lift);
}
