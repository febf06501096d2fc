using System.Globalization;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Networks;

/// <summary>
/// LiRank's isotonic calibration layer (arXiv 2402.06859): logits go through a piecewise linear curve whose slopes are
/// relu(w_i + e_i), with e the sum of the embeddings of the row's calibration features. No slope is negative, so that the curve of each
/// combination of features rises, whatever is learnt. It starts as the identity.
/// </summary>
/// <remarks>
/// Departures: the slopes are at least <see cref="SmallestSlope"/>, so that no two members are tied; the first and the last piece go on
/// for ever; the embedding carries an intercept too, because a shift of a whole channel is the commonest distortion.
/// </remarks>
internal sealed class IsotonicLayer
{
    /// <summary>The curve has a knot at each half of a logit from −8 to 4, a probability of 0.0003 to 0.98.</summary>
    public const int Pieces = 24;

    public const float Lowest = -8f, Step = 0.5f;
    public const float SmallestSlope = 0.01f;

    private const string EmbeddingName = "curve.embedding.";

    private readonly int _outcomes, _first;
    private readonly int[] _columns;

    /// <param name="outcomes">Logits per row, a curve each.</param>
    /// <param name="columns">The columns of codes that it reads.</param>
    /// <param name="sizes">Codes of each of these columns.</param>
    /// <param name="layout">Where its parameters are declared.</param>
    public IsotonicLayer(int outcomes, int[] columns, int[] sizes, ParameterLayout layout)
    {
        _outcomes = outcomes;
        _columns = columns;
        _first = layout.AddAround("curve.slopes", ParameterRole.Bias, 0, 1.0 - SmallestSlope, outcomes, Pieces);
        layout.Add("curve.bias", ParameterRole.Bias, 0, outcomes);
        for (int f = 0; f < columns.Length; f++)
        {
            layout.Add(EmbeddingName + f, ParameterRole.Weight, 0, sizes[f], outcomes * (Pieces + 1));
        }
    }

    /// <summary>Which of its columns the rows of a block are looked up by; null for another block.</summary>
    public static int? EmbeddingOf(ParameterBlock block) => block.Name.StartsWith(EmbeddingName, StringComparison.Ordinal)
        ? int.Parse(block.Name.AsSpan(EmbeddingName.Length), CultureInfo.InvariantCulture)
        : null;

    /// <param name="parameters">Of the layout.</param>
    /// <param name="logits">(batch, outcomes).</param>
    /// <param name="codes">(batch, all columns of codes), int64.</param>
    /// <returns>Calibrated logits, (batch, outcomes).</returns>
    public Tensor Apply(Tensor[] parameters, Tensor logits, Tensor codes)
    {
        var (starts, lower, upper) = Knots(logits.device);
        var slopes = LayerTape.Spread(parameters[_first], logits.size(0)).view(-1, _outcomes, Pieces); // (1, outcomes, pieces)
        var bias = LayerTape.Spread(parameters[_first + 1], logits.size(0)); // (1, outcomes)
        for (int f = 0; f < _columns.Length; f++)
        {
            var embedding = LayerTape.Lookup(parameters[_first + 2 + f], codes.select(1, _columns[f])).view(-1, _outcomes, Pieces + 1);
            slopes = slopes.add(embedding.narrow(2, 0, Pieces), Scalars.One); // (batch, outcomes, pieces)
            bias = bias.add(embedding.select(2, Pieces), Scalars.One); // (batch, outcomes)
        }
        var covered = logits.unsqueeze(2).Minus(starts).maximum(lower).minimum(upper); // (batch, outcomes, pieces)
        using TorchSharp.Scalar floor = SmallestSlope, lowest = Lowest;
        return (covered * relu(slopes).Plus(floor)).sum(2).Plus(bias).Plus(lowest);
    }

    /// <summary>Where each piece starts, and the least and most of a logit's way that it covers.</summary>
    private static (Tensor Starts, Tensor Lower, Tensor Upper) Knots(Device device)
    {
        float[] starts = new float[Pieces], lower = new float[Pieces], upper = new float[Pieces];
        for (int i = 0; i < Pieces; i++)
        {
            starts[i] = Lowest + i * Step;
            lower[i] = i == 0 ? float.NegativeInfinity : 0f;
            upper[i] = i == Pieces - 1 ? float.PositiveInfinity : Step;
        }
        return (Of(starts), Of(lower), Of(upper));

        Tensor Of(float[] values) => TorchRuntime.TensorOf(values, [1, 1, Pieces], device);
    }
}
