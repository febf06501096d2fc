using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// Probabilities whose log odds a channel has bent, each in its own rising way: what a model looks like that was trained on one channel's
/// mails and is used on all.
/// </summary>
/// <param name="Logits">[rows] bent log odds.</param>
/// <param name="Channels">[rows] numbers of channels.</param>
/// <param name="Labels">[rows] outcomes of the true probabilities.</param>
/// <param name="TrueProbabilities">[rows].</param>
internal sealed record DistortedChannels(float[] Logits, int[] Channels, float[] Labels, float[] TrueProbabilities)
{
    private static readonly Func<double, double>[] Bends =
    [
        logit => logit,
        logit => 1.8 * logit + 0.9,
        logit => 0.5 * logit - 0.9,
        logit => logit + 1.1 * Math.Tanh(2 * (logit + 1)),
        logit => Math.CopySign(Math.Pow(Math.Abs(logit + 1), 1.7), logit + 1) - 1.6,
    ];

    public static int Count => Bends.Length;

    public static DistortedChannels Draw(int rows, ulong seed)
    {
        float[] logits = new float[rows], labels = new float[rows], truth = new float[rows];
        var channels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            var random = new CounterRandom(seed, CounterRandom.Stream.Member, row);
            var logit = -1.2 + 1.2 * random.Normal();
            channels[row] = random.Index(Count);
            logits[row] = (float)Bends[channels[row]](logit);
            truth[row] = (float)(1 / (1 + Math.Exp(-logit)));
            labels[row] = random.Uniform() < truth[row] ? 1f : 0f;
        }
        return new DistortedChannels(logits, channels, labels, truth);
    }

    /// <summary>The channel as a feature; all rows alike where it is not to be known.</summary>
    public static FeatureTable Feature(IEnumerable<int> channels, bool known) =>
        new([FeatureColumn.Categorical("channel", [.. channels.Select(channel => known ? $"channel {channel}" : "any")])]);
}
