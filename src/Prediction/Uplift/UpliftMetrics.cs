namespace Noah.Prediction.Uplift;

/// <summary>
/// How well predicted effects rank held-out rows of an experiment. The gain curve is CausalML's (share × difference of the arms' means among
/// the first rows), left in units of the outcome per row instead of divided by its last value; the Qini curve is Radcliffe's (2007).
/// </summary>
public sealed record UpliftMetrics
{
    /// <summary>Rows that each arm needs at least for an interval: 30.</summary>
    public const int MinArmRows = 30;

    /// <summary>Rows of the treated arm.</summary>
    public required int TreatedRows { get; init; }

    /// <summary>Rows of the control arm.</summary>
    public required int ControlRows { get; init; }

    /// <summary>Area under the gain curve over shares of rows, in units of the outcome; null where an arm is empty.</summary>
    public required double? Auuc { get; init; }

    /// <summary>The same for a random order: half the difference of the arms; null where an arm is empty.</summary>
    public required double? RandomAuuc { get; init; }

    /// <summary><see cref="Auuc"/> less <see cref="RandomAuuc"/>; null where an arm is empty.</summary>
    public required double? GainOverRandom { get; init; }

    /// <summary>Lower end of the bootstrap interval of <see cref="GainOverRandom"/>; null where not tested.</summary>
    public required double? GainLower { get; init; }

    /// <summary>Upper end; null where not tested.</summary>
    public required double? GainUpper { get; init; }

    /// <summary>
    /// Qini coefficient: area between the Qini curve (treated outcomes less control outcomes scaled to the treated, per row) and the random
    /// line, in units of the outcome; null where an arm is empty.
    /// </summary>
    public required double? Qini { get; init; }

    /// <summary>Lower end of the bootstrap interval of <see cref="Qini"/>; null where not tested.</summary>
    public required double? QiniLower { get; init; }

    /// <summary>Upper end; null where not tested.</summary>
    public required double? QiniUpper { get; init; }

    /// <summary>What the interval of <see cref="GainOverRandom"/> says.</summary>
    public required UpliftEvidence Evidence { get; init; }

    /// <summary>Points of the gain curve, one per distinct score, by rising share; the origin is left out.</summary>
    public required IReadOnlyList<UpliftCurvePoint> Curve { get; init; }

    /// <summary>Scores a ranking.</summary>
    /// <param name="effects">[rows] predicted effects of rows that training has not seen; not NaN.</param>
    /// <param name="treated">[rows] whether the action was taken.</param>
    /// <param name="outcomes">[rows] finite.</param>
    /// <param name="propensities">[rows] in (0, 1), which weigh the rows of each arm by their inverse; empty where equal for all.</param>
    /// <param name="resamples">Bootstrap samples, drawn within each arm; 0 for no interval. Default 500. 0 or 100 to 100,000.</param>
    /// <param name="confidence">Of the intervals, which are percentiles. Default 0.95. In (0.5, 1).</param>
    /// <param name="seed">Seed of the bootstrap. Default 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no row, or a value is outside its range.</exception>
    public static UpliftMetrics Compute(
        ReadOnlySpan<float> effects, ReadOnlySpan<bool> treated, ReadOnlySpan<float> outcomes, ReadOnlySpan<float> propensities = default,
        int resamples = 500, double confidence = 0.95, ulong seed = 1)
    {
        Check(effects, treated, outcomes, propensities, resamples, confidence);
        var ranked = new RankedArms(effects, treated, outcomes, propensities);
        int treatedRows = ranked.Treated.Length, controlRows = ranked.Control.Length;
        var curve = new List<UpliftCurvePoint>();
        var (auuc, qini, gain, lastQini) = ranked.Areas(null, curve);
        bool bothArms = treatedRows > 0 && controlRows > 0;
        var (gains, qinis) = resamples > 0 && Math.Min(treatedRows, controlRows) >= MinArmRows
            ? Resample(ranked, resamples, new Random((int)(seed ^ (seed >> 32))))
            : ([], []);
        double? lower = Percentile(gains, (1 - confidence) / 2), upper = Percentile(gains, (1 + confidence) / 2);
        return new UpliftMetrics
        {
            TreatedRows = treatedRows,
            ControlRows = controlRows,
            Auuc = bothArms ? auuc : null,
            RandomAuuc = bothArms ? gain / 2 : null,
            GainOverRandom = bothArms ? auuc - gain / 2 : null,
            GainLower = lower,
            GainUpper = upper,
            Qini = bothArms ? qini - lastQini / 2 : null,
            QiniLower = Percentile(qinis, (1 - confidence) / 2),
            QiniUpper = Percentile(qinis, (1 + confidence) / 2),
            Evidence = lower is null ? UpliftEvidence.NotTested
                : lower > 0 ? UpliftEvidence.BetterThanRandom
                : upper < 0 ? UpliftEvidence.WorseThanRandom : UpliftEvidence.NoEvidence,
            Curve = curve,
        };
    }

    private static (double[] Gains, double[] Qinis) Resample(RankedArms ranked, int resamples, Random random)
    {
        double[] gains = new double[resamples], qinis = new double[resamples];
        var counts = new int[ranked.Treated.Length + ranked.Control.Length];
        for (int sample = 0; sample < resamples; sample++)
        {
            Array.Clear(counts);
            foreach (int[] arm in new[] { ranked.Treated, ranked.Control })
            {
                for (int draw = 0; draw < arm.Length; draw++)
                {
                    counts[arm[random.Next(arm.Length)]]++;
                }
            }
            var (auuc, qini, gain, lastQini) = ranked.Areas(counts);
            (gains[sample], qinis[sample]) = (auuc - gain / 2, qini - lastQini / 2);
        }
        Array.Sort(gains);
        Array.Sort(qinis);
        return (gains, qinis);
    }

    private static double? Percentile(double[] sorted, double probability)
    {
        if (sorted.Length == 0)
        {
            return null;
        }
        double position = probability * (sorted.Length - 1);
        int below = (int)position;
        return sorted[below] + (position - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    private static void Check(
        ReadOnlySpan<float> effects, ReadOnlySpan<bool> treated, ReadOnlySpan<float> outcomes, ReadOnlySpan<float> propensities,
        int resamples, double confidence)
    {
        int rows = effects.Length;
        if (rows == 0 || treated.Length != rows || outcomes.Length != rows || (!propensities.IsEmpty && propensities.Length != rows))
        {
            throw new ArgumentException("Effects, arms, outcomes and propensities must have one value for each row, at least one.", nameof(effects));
        }
        for (int row = 0; row < rows; row++)
        {
            if (float.IsNaN(effects[row]) || !float.IsFinite(outcomes[row]) || (!propensities.IsEmpty && propensities[row] is not (> 0f and < 1f)))
            {
                throw new ArgumentException(
                    $"Row {row}: the effect must not be NaN, the outcome finite and the propensity in (0, 1).", nameof(effects));
            }
        }
        if (resamples is not (0 or (>= 100 and <= 100_000)) || confidence is not (> 0.5 and < 1))
        {
            throw new ArgumentException("Resamples must be 0 or in [100, 100000], the confidence in (0.5, 1).", nameof(resamples));
        }
    }
}
