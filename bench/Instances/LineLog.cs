using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>A randomised log: arm 0 is no send, arm b + 1 the send of line b, all with equal chances.</summary>
/// <param name="Features">What was known of each row's member.</param>
/// <param name="Arms">Arm of each row.</param>
/// <param name="Bought">Whether the row's member bought a line; [rows × lines], row-major.</param>
internal sealed record LineLog(FeatureTable Features, int[] Arms, bool[] Bought)
{
    public static double ArmProbability => 1.0 / (ProductLine.Count + 1);

    /// <summary>
    /// Unbiased estimate of what sending a line to a row's member is worth, net of its cost, from the row's own outcome; all who were not
    /// sent the line are its control, as a send moves its own line only.
    /// </summary>
    public double Increment(int row, int line)
    {
        var weight = Arms[row] == line + 1 ? 1 / ArmProbability : -1 / (1 - ArmProbability);
        return (Bought[row * ProductLine.Count + line] ? ProductLine.All[line].Price * weight : 0) - ProductLine.CostPerSend;
    }
}
