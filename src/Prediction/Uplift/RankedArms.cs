namespace Noah.Prediction.Uplift;

/// <summary>
/// Rows in falling order of the predicted effect, and the areas under their curves when each row counts a number of times. Rows of equal
/// score enter together: the curve is straight between, as it would be on average over their orders.
/// </summary>
internal sealed class RankedArms
{
    private readonly double[] _outcomes, _weights;
    private readonly bool[] _treated, _endsBlock;

    public RankedArms(ReadOnlySpan<float> scores, ReadOnlySpan<bool> treated, ReadOnlySpan<float> outcomes, ReadOnlySpan<float> propensities)
    {
        int[] order = Evaluation.Ranking.Ascending(scores);
        Array.Reverse(order);
        int rows = order.Length;
        (_outcomes, _weights, _treated, _endsBlock) = (new double[rows], new double[rows], new bool[rows], new bool[rows]);
        for (int i = 0; i < rows; i++)
        {
            int row = order[i];
            _treated[i] = treated[row];
            _outcomes[i] = outcomes[row];
            _weights[i] = propensities.IsEmpty ? 1 : 1 / (treated[row] ? propensities[row] : 1.0 - propensities[row]);
            _endsBlock[i] = i + 1 == rows || scores[order[i + 1]] != scores[row];
        }
        Treated = [.. Enumerable.Range(0, rows).Where(i => _treated[i])];
        Control = [.. Enumerable.Range(0, rows).Where(i => !_treated[i])];
    }

    /// <summary>Places in the order of each arm's rows.</summary>
    public int[] Treated { get; }

    public int[] Control { get; }

    /// <summary>Areas under the gain and the Qini curve over shares of rows, and the last values of both.</summary>
    /// <param name="counts">[rows] times that the row at each place counts; null for once.</param>
    /// <param name="curve">Filled with the points of the gain curve, if given.</param>
    public (double Auuc, double Qini, double LastGain, double LastQini) Areas(int[]? counts, List<UpliftCurvePoint>? curve = null)
    {
        int rows = counts?.Sum() ?? _outcomes.Length, taken = 0;
        double treatedWeight = 0, controlWeight = 0, treatedSum = 0, controlSum = 0;
        double auuc = 0, qini = 0, share = 0, gain = 0, qiniGain = 0;
        for (int i = 0; i < _outcomes.Length; i++)
        {
            int count = counts?[i] ?? 1;
            double weight = count * _weights[i];
            taken += count;
            if (_treated[i])
            {
                (treatedWeight, treatedSum) = (treatedWeight + weight, treatedSum + weight * _outcomes[i]);
            }
            else
            {
                (controlWeight, controlSum) = (controlWeight + weight, controlSum + weight * _outcomes[i]);
            }
            if (!_endsBlock[i])
            {
                continue;
            }
            double nextShare = (double)taken / rows, nextGain = 0, nextQini = 0;
            // Where an arm has no row yet there is no difference to speak of.
            if (treatedWeight > 0 && controlWeight > 0)
            {
                double lift = treatedSum / treatedWeight - controlSum / controlWeight;
                nextGain = nextShare * lift;
                nextQini = lift * treatedWeight / rows;
            }
            auuc += (nextShare - share) * (gain + nextGain) / 2;
            qini += (nextShare - share) * (qiniGain + nextQini) / 2;
            (share, gain, qiniGain) = (nextShare, nextGain, nextQini);
            curve?.Add(new UpliftCurvePoint(share, gain));
        }
        return (auuc, qini, gain, qiniGain);
    }
}
