using System.Globalization;
using Noah.Prediction.Evaluation;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>A new version beside the active one, on the same customers, whom neither has learnt from. Differences are new less active.</summary>
/// <param name="Against">Number of the version that was active.</param>
/// <param name="Customers">Customers kept back.</param>
/// <param name="HorizonDays">How far ahead they were followed.</param>
/// <param name="Verdict"><c>better</c> or <c>worse</c> where an interval says so and none the opposite, <c>mixed</c> where they disagree, else <c>noDifference</c>.</param>
/// <param name="NormalizedGini">How well customers are ordered: above 0 the new version does better.</param>
/// <param name="DecileError">By how much of the total the tenths are missed: below 0 the new version does better.</param>
/// <param name="Summary">The figures in a sentence, and what followed from them.</param>
internal sealed record LifetimeComparison(
    int Against, int Customers, int HorizonDays, string Verdict, LifetimeDifference NormalizedGini, LifetimeDifference DecileError, string Summary)
{
    public const string Better = "better";
    public const string Worse = "worse";
    public const string Mixed = "mixed";
    public const string NoDifference = "noDifference";

    private const int Resamples = 200;

    /// <summary>More customers than this only narrow intervals that are narrow already.</summary>
    public const int MostCustomers = 20_000;

    /// <summary>The rule: a training takes over by itself unless one of the two figures is shown to be worse.</summary>
    public static bool TakesOver(LifetimeComparison? comparison) => comparison is not { Verdict: Worse or Mixed };

    /// <param name="against">Number of the active version.</param>
    /// <param name="horizonDays">Of the amounts.</param>
    /// <param name="candidate">[customers] mean by the new version.</param>
    /// <param name="active">[customers] mean by the active one.</param>
    /// <param name="amounts">[customers] what they brought.</param>
    /// <param name="seed">Of the resamples.</param>
    public static LifetimeComparison Of(int against, int horizonDays, float[] candidate, float[] active, float[] amounts, int seed)
    {
        var (ours, theirs) = (Figures.Of(candidate, amounts), Figures.Of(active, amounts));
        var (random, ginis, errors) = (new Random(seed), new List<double>(), new List<double>());
        for (var resample = 0; resample < Resamples; resample++)
        {
            int[] rows = [.. Enumerable.Range(0, amounts.Length).Select(_ => random.Next(amounts.Length))];
            float[] drawn = Array.ConvertAll(rows, row => amounts[row]);
            var (a, b) = (Figures.Of(Array.ConvertAll(rows, row => candidate[row]), drawn), Figures.Of(Array.ConvertAll(rows, row => active[row]), drawn));
            ginis.Add(a.Gini - b.Gini);
            errors.Add(a.DecileError - b.DecileError);
        }

        var (gini, error) = (LifetimeDifference.Of(ours.Gini, theirs.Gini, ginis, moreIsBetter: true), LifetimeDifference.Of(ours.DecileError, theirs.DecileError, errors, moreIsBetter: false));
        var verdict = Join(gini.Verdict, error.Verdict);
        var comparison = new LifetimeComparison(against, amounts.Length, horizonDays, verdict, gini, error, "");
        return comparison with { Summary = comparison.Sentence() };
    }

    private static string Join(string first, string second) => first == second || second == NoDifference ? first : first == NoDifference ? second : Mixed;

    private string Sentence() =>
        $"On the same {Customers} customers, {HorizonDays} days ahead, it orders {Word(NormalizedGini)} than version {Against} (normalised Gini {Show(NormalizedGini)}) and misses the tenths "
        + $"{(DecileError.Verdict == Better ? "by less" : DecileError.Verdict == Worse ? "by more" : "by no different part of the total")} ({Show(DecileError)}). "
        + (TakesOver(this)
            ? "Nothing is shown to be worse, so customers are valued by it."
            : $"It is shown to be worse, so version {Against} stays in use.");

    private static string Word(LifetimeDifference difference) => difference.Verdict == NoDifference ? "no differently" : difference.Verdict;

    private static string Show(LifetimeDifference difference) => string.Create(
        CultureInfo.InvariantCulture,
        $"{difference.New:0.000} against {difference.Active:0.000}, difference {difference.Difference:+0.000;−0.000;0.000}, 95 % interval {difference.Lower:+0.000;−0.000;0.000} to {difference.Upper:+0.000;−0.000;0.000}");

    /// <summary>Where nobody brought anything both are 0.</summary>
    private readonly record struct Figures(double Gini, double DecileError)
    {
        public static Figures Of(float[] means, float[] amounts)
        {
            var metrics = ValueMetrics.Compute(means, new float[means.Length], amounts);
            var total = metrics.Deciles.Sum(decile => decile.Rows * decile.MeanActual);
            var missed = metrics.Deciles.Sum(decile => decile.Rows * Math.Abs(decile.MeanPredicted - decile.MeanActual));
            return new Figures(metrics.NormalizedGini ?? 0, total > 0 ? missed / total : 0);
        }
    }
}

/// <param name="New">Of the new version.</param>
/// <param name="Active">Of the active one.</param>
/// <param name="Difference">New less active.</param>
/// <param name="Lower">Lower end of its 95 % interval, from customers drawn again with replacement, the same for both.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c> or <c>noDifference</c>.</param>
internal sealed record LifetimeDifference(double New, double Active, double Difference, double Lower, double Upper, string Verdict)
{
    public static LifetimeDifference Of(double ours, double theirs, List<double> resamples, bool moreIsBetter)
    {
        resamples.Sort();
        var (lower, upper) = (resamples[(int)(0.025 * resamples.Count)], resamples[(int)(0.975 * resamples.Count)]);
        var verdict = (moreIsBetter ? lower > 0 : upper < 0) ? LifetimeComparison.Better
            : (moreIsBetter ? upper < 0 : lower > 0) ? LifetimeComparison.Worse : LifetimeComparison.NoDifference;
        return new LifetimeDifference(ours, theirs, ours - theirs, lower, upper, verdict);
    }
}
