using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Exact confidence sequence of a difference of two rates, valid at any count and under any peeking between batches. Against each
/// difference δ it bets, batch by batch, with rates guessed from the batches before: E = Σ_k w_k ∏ q_k(y) / p*_k(y), where p* is the pair of
/// difference δ closest to q_k and the q_k differ by δ + h_k, h_k over a normal law tuned for the plan. E is a test supermartingale whatever the
/// true rates of difference δ are (Turner, Ly and Grünwald 2024; Turner and Grünwald 2023), so the δ with E below 1/α are the sequence.
/// </summary>
/// <remarks>
/// Nothing is approximated but the grid of bets, on which validity does not depend. The look's statistic is the signed root of 2 log E and
/// its critical value that of 2 log(1/α).
/// </remarks>
public static class ProportionSequence
{
    // Seven bets a side, each 1.6 times the one before: they serve from a fifth of the plan to twenty times it.
    private const int BetsPerSide = 7, Bets = 2 * BetsPerSide;
    private const double WidestBet = 2.75, BetRatio = 1.6;

    // A normal mixture at α = 0.05 is narrowest at v when its drifts have variance 7.9/v, and hardly wider around.
    private const double DriftVariance = 7.9;

    // Rates that were never seen must stay possible.
    private const double PriorUnits = 1;

    /// <summary>Looks at the difference of rates, treatment minus control.</summary>
    /// <param name="batches">All batches so far, oldest first. Bets are placed before a batch, so batches must be cut by the calendar, not by
    /// their outcomes.</param>
    /// <param name="plan">What was fixed before the first look; its burn-in is not needed here.</param>
    /// <exception cref="ArgumentException">A count is negative or successes exceed units; the message names the batch.</exception>
    public static SequentialLook Look(ReadOnlySpan<ProportionBatch> batches, SequentialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var total = Sum(batches);
        if (total.Treatment == 0 || total.Control == 0)
        {
            return SequentialLook.Closed(SequentialStatus.BurnIn);
        }

        var logThreshold = -Math.Log(1 - plan.Confidence);
        var planned = SequentialPlan.Information(plan.Treatment, plan.Control);
        var estimate = ((double)total.TreatmentSuccesses / total.Treatment) - ((double)total.ControlSuccesses / total.Control);
        var copy = batches.ToArray();
        double Evidence(double difference) => LogEvidence(copy, planned, difference);
        var evidence = Evidence(0);
        return new SequentialLook(
            SequentialStatus.Open,
            SequentialPlan.Information(total.Treatment, total.Control) / planned,
            estimate,
            Math.Sign(estimate) * Math.Sqrt(2 * Math.Max(0, evidence)),
            Math.Sqrt(2 * logThreshold),
            Math.Min(1, Math.Exp(-evidence)),
            new Interval(End(Evidence, logThreshold, estimate, -1), End(Evidence, logThreshold, estimate, 1)));
    }

    /// <summary>p of no difference after every batch, in one pass and without the search for intervals.</summary>
    /// <param name="batches">All batches so far, oldest first.</param>
    /// <param name="plan">What was fixed before the first look.</param>
    /// <returns>One p in [0, 1] per batch, each valid by itself and all together.</returns>
    /// <exception cref="ArgumentException">A count is negative or successes exceed units; the message names the batch.</exception>
    public static IReadOnlyList<double> PValues(ReadOnlySpan<ProportionBatch> batches, SequentialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _ = Sum(batches);
        var path = new double[batches.Length];
        _ = LogEvidence(batches, SequentialPlan.Information(plan.Treatment, plan.Control), 0, path);
        return Array.ConvertAll(path, evidence => Math.Min(1, Math.Exp(-evidence)));
    }

    /// <summary>log E against one difference.</summary>
    /// <param name="batches">All batches so far.</param>
    /// <param name="planned">Planned information.</param>
    /// <param name="difference">The difference, in (−1, 1).</param>
    /// <param name="path">Filled with log E after every batch, unless empty.</param>
    internal static double LogEvidence(
        ReadOnlySpan<ProportionBatch> batches, double planned, double difference, Span<double> path = default)
    {
        Span<double> logs = stackalloc double[Bets];
        logs.Clear();
        var spread = double.NaN;
        double units1 = 0, units0 = 0, successes = 0;
        for (var i = 0; i < batches.Length; i++)
        {
            var batch = batches[i];
            double n1 = batch.Treatment, n0 = batch.Control;
            var pooled = (successes + (PriorUnits / 2)) / (units1 + units0 + PriorUnits);
            if (double.IsNaN(spread) && units1 + units0 > 0)
            {
                spread = Math.Sqrt(DriftVariance * pooled * (1 - pooled) / planned);
            }

            // The first batch only sets the scale of the bets.
            var share = units1 + units0 > 0 ? units1 / (units1 + units0) : 0.5;
            for (var k = 0; k < Bets && !double.IsNaN(spread); k++)
            {
                var gap = difference + (spread * Position(k));
                var q0 = Math.Clamp(pooled - (share * gap), Least(units0), 1 - Least(units0));
                var q1 = Math.Clamp(q0 + gap, Least(units1), 1 - Least(units1));
                var (p1, p0) = NullRates.Closest(n1, q1, n0, q0, difference);
                logs[k] += Gain(batch.TreatmentSuccesses, n1, q1, p1) + Gain(batch.ControlSuccesses, n0, q0, p0);
            }

            units1 += n1;
            units0 += n0;
            successes += batch.TreatmentSuccesses + batch.ControlSuccesses;
            if (!path.IsEmpty)
            {
                path[i] = LogMixture(logs);
            }
        }

        return LogMixture(logs);
    }

    private static double LogMixture(ReadOnlySpan<double> logs)
    {
        double top = double.NegativeInfinity, sum = 0, weights = 0;
        for (var k = 0; k < logs.Length; k++)
        {
            top = Math.Max(top, logs[k]);
        }

        for (var k = 0; k < logs.Length; k++)
        {
            // Normal density times the gap to the next bet, which is proportional to the position.
            var position = Position(k);
            var weight = Math.Exp(-position * position / 2) * Math.Abs(position);
            weights += weight;
            sum += weight * Math.Exp(logs[k] - top);
        }

        return top + Math.Log(sum / weights);
    }

    private static double Position(int k) => (k < BetsPerSide ? -WidestBet : WidestBet) * Math.Pow(BetRatio, -(k % BetsPerSide));

    private static double Least(double units) => 0.25 / (units + PriorUnits);

    private static double Gain(double successes, double units, double q, double p) =>
        (successes > 0 ? successes * Math.Log(q / p) : 0) + (units > successes ? (units - successes) * Math.Log((1 - q) / (1 - p)) : 0);

    // The outermost difference that is not excluded, from the end of the range inwards where possible.
    private static double End(Func<double, double> evidence, double logThreshold, double estimate, int side)
    {
        double inside = Math.Clamp(estimate, -1 + 1e-9, 1 - 1e-9), outside = side * (1 - 1e-9);
        if (evidence(outside) < logThreshold)
        {
            return side;
        }

        for (var i = 0; i < 60 && Math.Abs(outside - inside) > 1e-9; i++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = evidence(middle) < logThreshold ? (middle, outside) : (inside, middle);
        }

        return outside;
    }

    private static ProportionBatch Sum(ReadOnlySpan<ProportionBatch> batches)
    {
        ProportionBatch total = default;
        for (var i = 0; i < batches.Length; i++)
        {
            var batch = batches[i];
            if (batch.TreatmentSuccesses < 0 || batch.ControlSuccesses < 0
                || batch.TreatmentSuccesses > batch.Treatment || batch.ControlSuccesses > batch.Control)
            {
                throw new ArgumentException($"Batch {i} is {batch}: successes must lie in [0, units].", nameof(batches));
            }

            total = new ProportionBatch(
                total.Treatment + batch.Treatment, total.TreatmentSuccesses + batch.TreatmentSuccesses,
                total.Control + batch.Control, total.ControlSuccesses + batch.ControlSuccesses);
        }

        return total;
    }
}
