using Noah.Experimentation.Statistics;

namespace Noah.Bench.Instances;

/// <summary>One cell of the size study: a law of amounts, a share of zeros, a split and how many buyers are expected without an effect.</summary>
/// <param name="Law">Law of the amounts.</param>
/// <param name="ZeroShare">Share of units that buy nothing, in (0, 1).</param>
/// <param name="TreatmentShare">Share of the units in the treatment arm.</param>
/// <param name="Buyers">Expected buyers of both arms without an effect.</param>
/// <param name="Effect">What the treatment does.</param>
internal sealed record SizeCell(AmountLaw Law, double ZeroShare, double TreatmentShare, int Buyers, SizeEffect Effect)
{
    private static readonly double[] Splits = [0.5, 0.1];

    private int Units => (int)Math.Round(Buyers / (1 - ZeroShare));

    private int Treated => (int)Math.Round(Units * TreatmentShare);

    public string Name =>
        $"{Law.Name}, {StudyText.Number(ZeroShare)} zeros, {Math.Round(Buyers * TreatmentShare):0} vs {Math.Round(Buyers * (1 - TreatmentShare)):0} buyers";

    /// <summary>True difference of the means, treatment minus control.</summary>
    public double Truth => (1 - ZeroShare) * Law.Mean * (Effect.Rate * Effect.Amount - 1);

    public static IEnumerable<SizeCell> Grid(SizeEffect effect, IReadOnlyList<double> zeroShares, IReadOnlyList<int> buyers) =>
        from law in AmountLaw.Grid
        from zeros in zeroShares
        from share in Splits
        from count in buyers
        select new SizeCell(law, zeros, share, count, effect);

    public (ZeroInflatedSample Treatment, ZeroInflatedSample Control) Draw(ulong seed, long run)
    {
        var random = new CounterRandom(seed, CounterRandom.Stream.Experiment, run);
        return (Arm(ref random, Treated, Effect.Rate, Effect.Amount), Arm(ref random, Units - Treated, 1, 1));
    }

    private ZeroInflatedSample Arm(ref CounterRandom random, int units, double rate, double factor)
    {
        // Gaps between buyers are geometric, so that a draw costs as many numbers as there are buyers, not units.
        var amounts = new List<double>();
        var perGap = Math.Log(1 - Math.Min(0.999, (1 - ZeroShare) * rate));
        for (var unit = Gap(ref random, perGap); unit < units; unit += 1 + Gap(ref random, perGap))
        {
            amounts.Add(factor * Law.Draw(ref random));
        }

        return ZeroInflatedSample.FromPositives([.. amounts], units - amounts.Count);
    }

    private static double Gap(ref CounterRandom random, double perGap) => Math.Floor(Math.Log(1 - random.Uniform()) / perGap);
}
