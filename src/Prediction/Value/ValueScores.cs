using Noah.Prediction.Losses;

namespace Noah.Prediction.Value;

/// <summary>Distributions of amounts from the outputs of networks.</summary>
/// <param name="mixture">What the outputs say.</param>
/// <param name="calibration">Null where no amount above 0 was seen: then all predictions are 0.</param>
/// <param name="maxMu">Bound on the logarithm of a component's median.</param>
/// <param name="actions">Actions of the model.</param>
internal sealed class ValueScores(LognormalMixture mixture, ValueCalibration? calibration, double maxMu, int actions)
{
    /// <summary>Outputs of a row and action.</summary>
    public int Outputs => mixture.Outputs;

    /// <summary>[rows × horizons], row-major; of outputs under every action [rows × actions × horizons].</summary>
    public ValuePrediction[] Of(float[] outputs)
    {
        int rows = outputs.Length / mixture.Outputs;
        var predictions = new ValuePrediction[rows * mixture.Horizons];
        for (int row = 0; calibration is not null && row < rows; row++)
        {
            var raw = mixture.Read(outputs.AsSpan(row * mixture.Outputs, mixture.Outputs), maxMu);
            calibration.Decode(raw, predictions.AsSpan(row * mixture.Horizons, mixture.Horizons));
        }
        return predictions;
    }

    /// <summary>[rows][horizons].</summary>
    public ValuePrediction[][] Horizons(float[] outputs) => [.. Of(outputs).Chunk(mixture.Horizons)];

    /// <summary>The last horizon, [rows].</summary>
    public ValuePrediction[] Last(float[] outputs) => Last(Of(outputs), 0, 1);

    /// <summary>The last horizon under every action, [actions][rows].</summary>
    public ValuePrediction[][] LastOfAll(float[] outputs)
    {
        var predictions = Of(outputs);
        return [.. Enumerable.Range(0, actions).Select(action => Last(predictions, action, actions))];
    }

    /// <summary>Before calibration, of rows that have outputs: [judged][horizons].</summary>
    /// <param name="outputs">[rows × outputs]; NaN in rows without.</param>
    /// <param name="judged">Those with.</param>
    public MixtureParameters[][] Raw(float[] outputs, out int[] judged)
    {
        judged = [.. Enumerable.Range(0, outputs.Length / mixture.Outputs).Where(row => !float.IsNaN(outputs[row * mixture.Outputs]))];
        return [.. judged.Select(row => mixture.Read(outputs.AsSpan(row * mixture.Outputs, mixture.Outputs), maxMu))];
    }

    /// <summary>Logarithm of the mean over the last horizon, before calibration.</summary>
    public double LogMean(ReadOnlySpan<float> outputs) => Math.Log(mixture.Read(outputs, maxMu)[^1].Mean);

    /// <summary>Of [rows × actions × horizons] one action's last horizon, [rows].</summary>
    private ValuePrediction[] Last(ValuePrediction[] predictions, int action, int given)
    {
        int horizons = mixture.Horizons;
        var last = new ValuePrediction[predictions.Length / (given * horizons)];
        for (int row = 0; row < last.Length; row++)
        {
            last[row] = predictions[(((row * given) + action + 1) * horizons) - 1];
        }
        return last;
    }
}
