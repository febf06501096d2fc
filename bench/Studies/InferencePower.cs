using Noah.Bench.Instances;
using Noah.Experimentation.Adjustment;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Bench.Studies;

/// <summary>
/// The authors' power table (their robustInfer notebooks): 20 % positives, amounts lognormal(0, 5) or |Cauchy|, equal arms. Beside their published
/// test the corrected one and the ones that see what it misses; then the doubly robust U under confounding, beside a plain U and a regression.
/// </summary>
internal sealed class InferencePower : IStudy
{
    private const double Level = 0.05, Rate = 0.2, Sigma = 5, Quantile = 2.5758;

    // The authors' runs: their table has the noise of 1,000.
    private const int AuthorsRuns = 1_000;

    private static readonly ZeroTrimmedUOptions Published = new() { Form = ZeroTrimmedUForm.Published };
    private static readonly ZeroTrimmedUOptions Pooled = new() { PermuteBelowPositives = 0 };

    // n, added rate, shift of the amounts, Cauchy, the authors' zero-trimmed U.
    private static readonly Row[] Table =
    [
        new(50, 0, 0, false, .053), new(200, 0, 0, false, .055), new(50, 0, 0, true, .062), new(200, 0, 0, true, .054),
        new(200, 0, 1, false, .069), new(200, 0, 2, false, .166), new(200, 0, 1, true, .104), new(200, 0, 2, true, .347),
        new(50, .1, 0, false, .213), new(200, .1, 0, false, .529), new(50, .1, 1, false, .269), new(200, .1, 1, false, .724),
        new(50, .1, 2, false, .325), new(200, .1, 2, false, .851), new(50, .1, 0, true, .206), new(200, .1, 0, true, .565),
        new(50, .1, 2, true, .475), new(200, .1, 1, true, .751), new(200, .1, 2, true, .955),
    ];

    // Lognormal errors, effect, units.
    private static readonly (bool, double, int)[] Confounders =
        [(false, 0, 200), (true, 0, 200), (false, 0.5, 200), (true, 0.5, 200), (false, 0, 50), (true, 0, 50), (true, 0.5, 50)];

    private static readonly string[] Tests = ["published zero-trimmed U", "zero-trimmed U", "Mann-Whitney", "two-part"];

    public string Name => "inference-power";

    public string Claim =>
        "The authors' power table is reproduced and beaten where a corrected test sees more; the doubly robust U keeps its level under confounding and sees more than a regression where errors are lognormal.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("runs", 10_000, 200, 1_000_000, "Experiments a row of the table; a tenth of it for the doubly robust U."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the draws."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var runs = parameters.Whole("runs");
        var seed = (ulong)parameters.Whole("seed");
        var figures = new List<Figure>();
        double farthest = 0, beaten = 0;
        foreach (var row in Table)
        {
            var power = Power(row, runs, seed++);
            figures.AddRange(Tests.Select((test, t) => new Figure($"{row.Name}: {test}", power[t], "share")));
            figures.Add(new Figure($"{row.Name}: authors", row.Authors, "share"));
            var error = Math.Sqrt(row.Authors * (1 - row.Authors) * ((1.0 / AuthorsRuns) + (1.0 / runs)));
            farthest = Math.Max(farthest, Math.Abs(power[0] - row.Authors) / error);
            beaten += row.Rate + row.Shift > 0 && power[1..].Max() > row.Authors + (Quantile * error) ? 1 : 0;
        }
        var (targets, confounded) = Confounded(Math.Max(200, runs / 10), seed + 1_000);
        return new StudyResult(
            [.. figures, new("rows beaten by a corrected test", beaten, "rows"), .. confounded],
            [
                Target.AtMost("farthest published figure from the authors', standard errors", farthest, 3.5),
                Target.AtLeast("rows where a corrected test has more power than the authors'", beaten, 1),
                .. targets,
            ])
        {
            Notes = ["Among 19 rows the farthest of right figures lies beyond 3.5 standard errors once in 100 studies. Lognormal rows of the doubly robust U stand for the authors' 'Cauchy' ones, whose code draws lognormal."],
        };
    }

    private static double[] Power(Row row, int runs, ulong seed)
    {
        var hits = new int[Tests.Length];
        Parallel.For(0, runs, run =>
        {
            var random = new CounterRandom(seed, CounterRandom.Stream.Experiment, run);
            var treatment = Arm(ref random, row.Count, Rate + row.Rate, row.Shift, row.Cauchy);
            var control = Arm(ref random, row.Count, Rate, 0, row.Cauchy);
            double?[] p =
            [
                ZeroTrimmedUTest.Compare(treatment, control, Published).PValue, ZeroTrimmedUTest.Compare(treatment, control, Pooled).PValue,
                MannWhitneyTest.Compare(treatment, control, permutation: PermutationOptions.Never).PValue,
                TwoPartTest.Compare(treatment, control, permutation: PermutationOptions.Never).PValue,
            ];
            for (var test = 0; test < p.Length; test++)
            {
                if (p[test] <= Level)
                {
                    Interlocked.Increment(ref hits[test]);
                }
            }
        });
        return Array.ConvertAll(hits, hit => (double)hit / runs);
    }

    private static ZeroInflatedSample Arm(ref CounterRandom random, int count, double rate, double shift, bool cauchy)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            if (random.Uniform() < rate)
            {
                value = cauchy ? Math.Abs(Math.Tan(Math.PI * (random.Uniform() - 0.5)) + shift) : random.LogNormal(shift, Sigma);
            }
        }
        return ZeroInflatedSample.FromValues(values);
    }

    /// <summary>z | w, w2 logistic with slopes −0.2 and 0.6; y = effect z + w2 + w + e with normal or lognormal errors.</summary>
    private static (List<Target> Targets, List<Figure> Figures) Confounded(int runs, ulong seed)
    {
        var (targets, figures) = (new List<Target>(), new List<Figure>());
        foreach (var (lognormal, effect, count) in Confounders)
        {
            var hits = new int[3];
            Parallel.For(0, runs, run =>
            {
                var random = new CounterRandom(seed, CounterRandom.Stream.Experiment, run);
                var (y, z, x) = (new double[count], new bool[count], new double[2 * count]);
                for (var i = 0; i < count; i++)
                {
                    double w = random.Normal(), w2 = random.Normal();
                    (x[2 * i], x[2 * i + 1]) = (w, w2);
                    z[i] = random.Uniform() < 1 / (1 + Math.Exp((0.2 * w) - (0.6 * w2)));
                    y[i] = (z[i] ? effect : 0) + w + w2 + (lognormal ? random.LogNormal(0, 1) : random.Normal());
                }
                var plain = MannWhitneyTest.Compare(
                    ContinuousSample.FromValues([.. y.Where((_, i) => z[i])]), ContinuousSample.FromValues([.. y.Where((_, i) => !z[i])]));
                double?[] p =
                [
                    GeneralizedU.Compare(y, z, x).PValue, plain.PValue, RegressionAdjustment.Compare(y, z, x).PValue
                ];
                for (var test = 0; test < p.Length; test++)
                {
                    if (p[test] <= Level)
                    {
                        Interlocked.Increment(ref hits[test]);
                    }
                }
            });
            seed++;
            double[] share = Array.ConvertAll(hits, hit => (double)hit / runs);
            var name = $"confounded, n {count}, {(lognormal ? "lognormal" : "normal")}, effect {StudyText.Number(effect)}";
            figures.Add(new($"{name}: doubly robust U", share[0], "share"));
            figures.Add(new($"{name}: plain U", share[1], "share"));
            figures.Add(new($"{name}: regression", share[2], "share"));
            if (effect == 0 && count == 200)
            {
                targets.Add(Target.AtMost($"{name}: type I error of the doubly robust U", share[0], 0.06 + (Quantile * Math.Sqrt(0.06 * 0.94 / runs))));
                targets.Add(Target.AtLeast($"{name}: type I error of the plain U", share[1], 0.12));
            }
            else if (effect > 0 && lognormal)
            {
                targets.Add(Target.AtLeast($"{name}: power of the doubly robust U over the regression's", share[0] / share[2], 1));
            }
        }
        return (targets, figures);
    }

    private sealed record Row(int Count, double Rate, double Shift, bool Cauchy, double Authors)
    {
        public string Name => $"{(Cauchy ? "Cauchy" : "lognormal")}, n {Count}, rate +{StudyText.Number(Rate)}, shift {StudyText.Number(Shift)}";
    }
}
