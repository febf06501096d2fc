using Noah.Prediction.Artifacts;
using Noah.Prediction.Baselines;
using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>Least squares with a ridge on standardised numbers and one-hot names, by the normal equations.</summary>
internal sealed class RidgeRegression
{
    public const string Kind = "ridge";

    private const int MaxNames = 20, MaxWidth = 512;

    private readonly FeatureEncoder _encoder;
    private readonly double[] _weights;

    private RidgeRegression(FeatureEncoder encoder, double[] weights)
    {
        _encoder = encoder;
        _weights = weights;
    }

    public static RidgeRegression Fit(FeatureTable features, float[] targets, double ridge)
    {
        var encoder = FeatureEncoder.Fit(features, new FeatureEncoderOptions { MaxNames = MaxNames });
        int width = encoder.DenseWidth + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth, nameof(features));
        float[] dense = encoder.TransformDense(features);
        var normal = new double[width, width];
        var right = new double[width];
        var x = new double[width];
        for (int row = 0; row < targets.Length; row++)
        {
            Read(dense, row, x);
            for (int j = 0; j < width; j++)
            {
                if (x[j] == 0)
                {
                    continue;
                }
                right[j] += x[j] * targets[row];
                for (int k = 0; k <= j; k++)
                {
                    normal[j, k] += x[j] * x[k];
                }
            }
        }
        for (int j = 1; j < width; j++)
        {
            normal[j, j] += ridge;
        }
        return new RidgeRegression(encoder, Cholesky.Solve(normal, right));
    }

    public float[] Predict(FeatureTable table)
    {
        float[] dense = _encoder.TransformDense(table);
        var predicted = new float[table.Rows];
        var x = new double[_weights.Length];
        for (int row = 0; row < predicted.Length; row++)
        {
            Read(dense, row, x);
            predicted[row] = (float)x.Zip(_weights, (value, weight) => value * weight).Sum();
        }
        return predicted;
    }

    public ArtifactPart ToPart() => ArtifactPart.Of(Kind, new Header(_encoder.ToJson(), _weights), []);

    /// <exception cref="InvalidDataException">The part holds no ridge regression.</exception>
    public static RidgeRegression FromPart(ArtifactPart part)
    {
        var header = part.Read<Header>(Kind);
        if (header is not { Encoder: not null, Weights: not null })
        {
            throw new InvalidDataException("The header of a ridge part lacks a part.");
        }
        var encoder = FeatureEncoder.FromJson(header.Encoder);
        return header.Weights.Length == encoder.DenseWidth + 1
            ? new RidgeRegression(encoder, header.Weights)
            : throw new InvalidDataException("The weights of a ridge part do not fit its features.");
    }

    private static void Read(float[] dense, int row, double[] x)
    {
        x[0] = 1;
        for (int j = 1; j < x.Length; j++)
        {
            x[j] = dense[row * (x.Length - 1) + j - 1];
        }
    }

    private sealed record Header(string Encoder, double[] Weights);
}
