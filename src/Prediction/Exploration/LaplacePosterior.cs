namespace Noah.Prediction.Exploration;

/// <summary>
/// What is known and what is not about one head of a network: the normal approximation (Laplace) of the posterior of logistic weights on the
/// inputs of its last layer, with precision A = ridge · I + Σ p(1 − p) z zᵀ (LiRank, arXiv 2402.06859). Its draws are for
/// Thompson sampling: a draw is one set of weights, which all rows share. Immutable and safe to share between threads.
/// </summary>
public sealed class LaplacePosterior
{
    private const int MaxWidth = 2048, MaxSteps = 50;
    private const double Tolerance = 1e-8;

    private readonly double[] _weights;
    private readonly PrecisionFactor _factor;

    private LaplacePosterior(double[] weights, PrecisionFactor factor, bool converged)
    {
        _weights = weights;
        _factor = factor;
        Converged = converged;
    }

    /// <summary>Numbers per row.</summary>
    public int Width => _weights.Length;

    /// <summary>Whether the Newton steps to the mean came to rest; if not, the last weights are used.</summary>
    public bool Converged { get; }

    /// <summary>Fits the mean by Newton steps, and the precision there.</summary>
    /// <param name="inputs">[rows × width], row-major, as <c>ResponseModel.Embed</c> gives them; finite. No row leaves the prior.</param>
    /// <param name="width">Numbers per row, 1 to 2,048. There is no intercept but a column of ones of the caller's.</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    /// <param name="offsets">
    /// [rows] log odds that the weights correct, as the model's own, so that the prior's mean is the model; null: 0. Default null.
    /// </param>
    /// <param name="ridge">Precision of the prior, whose mean is 0. Default 1. Above 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is outside its range.</exception>
    public static LaplacePosterior Fit(float[] inputs, int width, float[] labels, float[]? offsets = null, double ridge = 1)
    {
        Require(inputs, width, labels, offsets, ridge);
        var weights = new double[width];
        bool converged = false;
        var (factor, gradient) = Curvature(inputs, labels, offsets, ridge, weights);
        for (int step = 0; step < MaxSteps && !converged; step++)
        {
            double[] direction = factor.Solve(gradient);
            double loss = Loss(inputs, labels, offsets, ridge, weights), scale = 1;
            double[] next = Moved(weights, direction, scale);
            while (Loss(inputs, labels, offsets, ridge, next) > loss && scale > 1e-6)
            {
                scale /= 2;
                next = Moved(weights, direction, scale);
            }
            converged = direction.Max(move => Math.Abs(move)) < Tolerance;
            weights = next;
            (factor, gradient) = Curvature(inputs, labels, offsets, ridge, weights);
        }
        return new LaplacePosterior(weights, factor, converged);
    }

    /// <summary>What is believed of rows.</summary>
    /// <param name="inputs">[rows × <see cref="Width"/>], row-major.</param>
    /// <param name="offsets">[rows] as in <see cref="Fit"/>; null: 0.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public LogitBelief[] Believe(float[] inputs, float[]? offsets = null)
    {
        int rows = Rows(inputs, offsets);
        var beliefs = new LogitBelief[rows];
        for (int row = 0; row < rows; row++)
        {
            var z = inputs.AsSpan(row * Width, Width);
            beliefs[row] = new LogitBelief(Dot(z, _weights) + (offsets?[row] ?? 0), _factor.Variance(z));
        }
        return beliefs;
    }

    /// <summary>Probabilities under one draw of the weights.</summary>
    /// <param name="inputs">[rows × <see cref="Width"/>], row-major.</param>
    /// <param name="seed">Of the draw: equal seeds give equal weights.</param>
    /// <param name="offsets">[rows] as in <see cref="Fit"/>; null: 0.</param>
    /// <param name="scale">
    /// Factor on the standard deviations. Default 0.2: over-wide draws lose to plain chance for long, and this had the least regret in LiRank's
    /// kind of task. At least 0; 0 gives the mean.
    /// </param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">Lengths do not fit, or the scale is below 0 or not finite.</exception>
    public float[] Sample(float[] inputs, ulong seed, float[]? offsets = null, double scale = 0.2)
    {
        if (!(scale >= 0 && double.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be finite and at least 0.");
        }
        int rows = Rows(inputs, offsets);
        var random = new Random((int)(seed ^ (seed >> 32)));
        double[] draw = _factor.BackSubstitute([.. Enumerable.Range(0, Width).Select(_ => NextNormal(random))]);
        double[] weights = [.. _weights.Zip(draw, (mean, deviation) => mean + scale * deviation)];
        var probabilities = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            probabilities[row] = (float)Sigmoid(Dot(inputs.AsSpan(row * Width, Width), weights) + (offsets?[row] ?? 0));
        }
        return probabilities;
    }

    private static (PrecisionFactor Factor, double[] Gradient) Curvature(
        float[] inputs, float[] labels, float[]? offsets, double ridge, double[] weights)
    {
        int width = weights.Length;
        var precision = new double[width * width];
        double[] gradient = [.. weights.Select(weight => ridge * weight)];
        for (int row = 0; row < labels.Length; row++)
        {
            var z = inputs.AsSpan(row * width, width);
            double p = Sigmoid(Dot(z, weights) + (offsets?[row] ?? 0));
            for (int i = 0; i < width; i++)
            {
                gradient[i] += (p - labels[row]) * z[i];
                double factor = p * (1 - p) * z[i];
                for (int j = 0; j <= i; j++)
                {
                    precision[i * width + j] += factor * z[j];
                }
            }
        }
        for (int i = 0; i < width; i++)
        {
            precision[i * width + i] += ridge;
        }
        return (new PrecisionFactor(precision, width), gradient);
    }

    private static double Loss(float[] inputs, float[] labels, float[]? offsets, double ridge, double[] weights)
    {
        double loss = 0.5 * ridge * weights.Sum(weight => weight * weight);
        for (int row = 0; row < labels.Length; row++)
        {
            double logit = Dot(inputs.AsSpan(row * weights.Length, weights.Length), weights) + (offsets?[row] ?? 0);
            loss += Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit))) - labels[row] * logit;
        }
        return loss;
    }

    private static double[] Moved(double[] weights, double[] direction, double scale) =>
        [.. weights.Zip(direction, (weight, move) => weight - scale * move)];

    private static void Require(float[] inputs, int width, float[] labels, float[]? offsets, double ridge)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth);
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)inputs.Length, (long)labels.Length * width, nameof(inputs));
        if (offsets is not null)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(offsets.Length, labels.Length, nameof(offsets));
        }
        if (!(ridge > 0 && double.IsFinite(ridge)))
        {
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "The ridge must be finite and above 0.");
        }
        if (!Array.TrueForAll(inputs, float.IsFinite) || (offsets is not null && !Array.TrueForAll(offsets, float.IsFinite)))
        {
            throw new ArgumentException("Every input and offset must be finite.", nameof(inputs));
        }
        if (!Array.TrueForAll(labels, y => y is 0f or 1f))
        {
            throw new ArgumentException("Every label must be 0 or 1.", nameof(labels));
        }
    }

    private int Rows(float[] inputs, float[]? offsets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Length % Width != 0 || (offsets is not null && offsets.Length != inputs.Length / Width))
        {
            throw new ArgumentException($"Inputs must be rows of {Width} numbers, with an offset each where there are any.", nameof(inputs));
        }
        return inputs.Length / Width;
    }

    private static double Dot(ReadOnlySpan<float> z, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            sum += z[i] * weights[i];
        }
        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
