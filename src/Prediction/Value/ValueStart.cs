using Noah.Prediction.Losses;
using Noah.Prediction.Training;

namespace Noah.Prediction.Value;

/// <summary>Where training starts: one distribution for all members, each action at its own level.</summary>
internal sealed class ValueStart
{
    // Amounts given a purchase differ less between actions than purchases do.
    private const double MeanLogWeight = 20;
    private const double SmallestSigma = 0.05;

    private readonly TrainingSet _set;
    private readonly LognormalMixture _mixture;
    private readonly double[] _rates, _meanLogs;
    private readonly double _sigma;

    public ValueStart(TrainingSet set, LognormalMixture mixture)
    {
        _set = set;
        _mixture = mixture;
        int horizons = mixture.Horizons;
        (_rates, _meanLogs) = (new double[horizons], new double[horizons]);
        for (int h = 0; h < horizons; h++)
        {
            double[] logs = [.. set.Labels[h].Where(amount => amount > 0f).Select(amount => Math.Log(amount))];
            int atRisk = h == 0 ? set.Labels[0].Length : set.Labels[h - 1].Count(amount => amount == 0f);
            int first = h == 0 ? logs.Length : logs.Length - (set.Labels[h - 1].Length - atRisk);
            _rates[h] = (first + 0.5) / (atRisk + 1);
            // A horizon without any amount starts where the next one with some does not hinder it.
            _meanLogs[h] = logs.Length > 0 ? logs.Average() : double.NaN;
        }
        double[] last = [.. set.Labels[^1].Where(amount => amount > 0f).Select(amount => Math.Log(amount))];
        double mean = last.Average();
        for (int h = 0; h < horizons; h++)
        {
            _meanLogs[h] = double.IsNaN(_meanLogs[h]) ? mean : _meanLogs[h];
        }
        _sigma = Math.Max(SmallestSigma, Math.Sqrt(last.Average(log => (log - mean) * (log - mean))));
    }

    /// <summary>
    /// Each action's own rates and mean logarithm, drawn to the common ones with the weight of 1 and 20 positives: [actions × outputs].
    /// </summary>
    public float[] Of(int[] rows)
    {
        var start = new List<float>();
        double[] shifts = [.. Enumerable.Range(1, _mixture.Horizons - 1).Select(h => _meanLogs[h] - _meanLogs[h - 1])];
        foreach (int[] ofAction in _set.ByAction(rows))
        {
            var hazards = new double[_mixture.Horizons];
            int[] atRisk = ofAction;
            for (int h = 0; h < hazards.Length; h++)
            {
                int first = atRisk.Count(row => _set.Labels[h][row] > 0f);
                hazards[h] = (first + 1) / (atRisk.Length + 1 / _rates[h]);
                atRisk = [.. atRisk.Where(row => _set.Labels[h][row] == 0f)];
            }
            double[] logs = [.. ofAction.Where(row => _set.Labels[0][row] > 0f).Select(row => Math.Log(_set.Labels[0][row]))];
            double mu = (logs.Sum() + MeanLogWeight * _meanLogs[0]) / (logs.Length + MeanLogWeight);
            start.AddRange(_mixture.Start(hazards, mu, _sigma, shifts));
        }
        return [.. start];
    }

    /// <summary>
    /// The loss of one lognormal for all: it makes the training curve start near 1. 1 where amounts are so small that it is negative.
    /// </summary>
    public double ConstantLoss()
    {
        double loss = 0, atRisk = 1, positive = 0;
        for (int h = 0; h < _rates.Length; h++)
        {
            double rate = _rates[h];
            positive += atRisk * rate;
            loss += atRisk * (-rate * Math.Log(rate) - (1 - rate) * Math.Log(1 - rate))
                + positive * (_meanLogs[h] + Math.Log(_sigma) + 0.5 * Math.Log(2 * Math.PI) + 0.5);
            atRisk *= 1 - rate;
        }
        loss /= _rates.Length;
        return loss > 0.01 ? loss : 1;
    }
}
