using Noah.Prediction.Calibration;

namespace Noah.Prediction.Response;

/// <summary>Probabilities from the outputs of networks, which are log odds.</summary>
/// <param name="calibrations">[outcomes].</param>
/// <param name="actions">Actions of the model.</param>
internal sealed class ResponseScores(MonotoneCalibration[] calibrations, int actions)
{
    /// <summary>Before calibration.</summary>
    /// <param name="outputs">[rows × outcomes].</param>
    /// <param name="outcome">Which of them.</param>
    /// <param name="outcomes">Outputs of a row.</param>
    public static float[] Raw(float[] outputs, int outcome, int outcomes)
    {
        var probabilities = new float[outputs.Length / outcomes];
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = 1f / (1f + MathF.Exp(-outputs[row * outcomes + outcome]));
        }
        return probabilities;
    }

    /// <summary>Of one outcome, [rows].</summary>
    /// <param name="outputs">[rows × outcomes].</param>
    /// <param name="outcome">Which of them.</param>
    public float[] Of(float[] outputs, int outcome) => Of(outputs, outcome, 0, 1);

    /// <summary>[outcomes][actions][rows].</summary>
    /// <param name="outputs">[rows × actions × outcomes].</param>
    public float[][][] All(float[] outputs) =>
        [.. Enumerable.Range(0, calibrations.Length).Select(outcome => Enumerable.Range(0, actions)
            .Select(action => Of(outputs, outcome, action, actions)).ToArray())];

    private float[] Of(float[] outputs, int outcome, int action, int actionsGiven)
    {
        float[] probabilities = Raw(outputs, (action * calibrations.Length) + outcome, actionsGiven * calibrations.Length);
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = (float)calibrations[outcome].Apply(probabilities[row]);
        }
        return probabilities;
    }
}
