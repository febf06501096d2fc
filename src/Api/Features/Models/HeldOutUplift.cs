using Noah.Prediction.Uplift;

namespace Noah.Api.Features.Models;

/// <summary>Judges on held-out members the order that predicted increments give.</summary>
internal static class HeldOutUplift
{
    private const int CurvePoints = 50;
    private const double TwoSided95 = 1.959964;

    public static CardUplift Of(ActionRows rows, double[] predicted, int seed)
    {
        var effects = Array.ConvertAll(predicted, increment => (float)increment);
        var metrics = UpliftMetrics.Compute(effects, rows.Treated, rows.Outcomes, Array.ConvertAll(rows.Shares, share => (float)share), seed: (ulong)seed);
        return new CardUplift(
            rows.Rows.Length,
            metrics.Evidence switch
            {
                UpliftEvidence.BetterThanRandom => CardUplift.Better,
                UpliftEvidence.WorseThanRandom => CardUplift.Worse,
                UpliftEvidence.NoEvidence => CardUplift.NoEvidence,
                _ => CardUplift.NotTested,
            },
            Curve(rows, effects),
            metrics.Auuc,
            metrics.RandomAuuc,
            metrics.GainOverRandom,
            metrics.GainLower,
            metrics.GainUpper,
            metrics.Qini,
            metrics.QiniLower,
            metrics.QiniUpper);
    }

    /// <summary>
    /// Share × difference of the arms' means among the first members, with Neyman's interval of that difference at each point; weighted by inverse
    /// probabilities. Members of equal score enter together.
    /// </summary>
    private static List<CardUpliftPoint> Curve(ActionRows rows, float[] effects)
    {
        var order = Enumerable.Range(0, effects.Length).ToArray();
        Array.Sort(Array.ConvertAll(effects, effect => -effect), order);
        var (treated, control) = (new ArmMoments(), new ArmMoments());
        var curve = new List<CardUpliftPoint>();
        for (var taken = 1; taken <= order.Length; taken++)
        {
            var row = order[taken - 1];
            (rows.Treated[row] ? treated : control).Add(1 / (rows.Treated[row] ? rows.Shares[row] : 1 - rows.Shares[row]), rows.Outcomes[row]);
            var endsBlock = taken == order.Length || effects[order[taken]] != effects[row];
            if (!endsBlock || (double)taken / order.Length * CurvePoints < curve.Count + 1 || !treated.Known || !control.Known)
            {
                continue;
            }

            var share = (double)taken / order.Length;
            var (gain, half) = (share * (treated.Mean - control.Mean), share * TwoSided95 * Math.Sqrt(treated.VarianceOfMean + control.VarianceOfMean));
            curve.Add(new CardUpliftPoint(share, gain, gain - half, gain + half));
        }

        return curve;
    }

    private sealed class ArmMoments
    {
        private double _weight, _sum, _squaredWeight, _squaredSum, _squaredSquares;
        private int _count;

        public bool Known => _count > 1;

        public double Mean => _sum / _weight;

        // Σ w² (y − mean)² / (Σ w)², of a weighted mean.
        public double VarianceOfMean =>
            Math.Max(0, _squaredSquares - (2 * Mean * _squaredSum) + (Mean * Mean * _squaredWeight)) / (_weight * _weight);

        public void Add(double weight, double outcome)
        {
            _count++;
            _weight += weight;
            _sum += weight * outcome;
            _squaredWeight += weight * weight;
            _squaredSum += weight * weight * outcome;
            _squaredSquares += weight * weight * outcome * outcome;
        }
    }
}
