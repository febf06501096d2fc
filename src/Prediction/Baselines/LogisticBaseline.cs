using Noah.Prediction.Artifacts;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Training;

namespace Noah.Prediction.Baselines;

/// <summary>
/// Ridge-penalised logistic regression on standardised numbers, one-hot names and one indicator per action, fitted by Newton steps: the
/// yardstick that a network must beat to be worth its cost. It has no interaction of action and member.
/// </summary>
public sealed class LogisticBaseline
{
    internal const string Kind = "logistic";

    private const int MaxWidth = 512, MaxSteps = 50;
    private const double Tolerance = 1e-8;

    private readonly FeatureEncoder _encoder;
    private readonly double[] _weights;
    private readonly int _actions;

    private LogisticBaseline(FeatureEncoder encoder, double[] weights, int actions, bool converged)
    {
        _encoder = encoder;
        _weights = weights;
        _actions = actions;
        Converged = converged;
    }

    /// <summary>Whether the Newton steps came to rest; if not, the best weights found are used.</summary>
    public bool Converged { get; }

    /// <summary>Fits the regression.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] in [0, actionCount).</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    /// <param name="actionCount">Number of actions, "none" (0) included; at least 1.</param>
    /// <param name="ridge">Penalty ½·ridge·w² on every weight but the intercept. Default 1. Above 0.</param>
    /// <param name="maxNames">Most frequent names kept per categorical feature. Default 20. At least 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is outside its range, or the design has more than 512
    /// columns.</exception>
    public static LogisticBaseline Train(
        FeatureTable features, int[] actions, float[] labels, int actionCount, double ridge = 1, int maxNames = 20)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(features.Rows, TrainingSet.MinRows, nameof(features));
        ArgumentOutOfRangeException.ThrowIfLessThan(actionCount, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, features.Rows, nameof(labels));
        TrainingSet.RequireActions(actions, features.Rows, actionCount);
        if (!(ridge > 0) || Array.Exists(labels, y => y is not (0f or 1f)))
        {
            throw new ArgumentException("The ridge must be above 0 and every label 0 or 1.", nameof(labels));
        }
        var encoder = FeatureEncoder.Fit(features, new FeatureEncoderOptions { MaxNames = maxNames });
        int width = encoder.DenseWidth + actionCount;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxWidth, nameof(features));
        double[] design = Design(encoder, features, actions, actionCount);
        var weights = new double[width];
        double loss = Loss(design, weights, labels, ridge);
        for (int step = 0; step < MaxSteps; step++)
        {
            double[] direction = NewtonDirection(design, weights, labels, ridge);
            double scale = 1, next;
            double[] trial;
            do
            {
                trial = [.. weights.Select((weight, j) => weight - scale * direction[j])];
                next = Loss(design, trial, labels, ridge);
                scale /= 2;
            }
            while (next > loss && scale > 1e-6);
            if (loss - next < Tolerance * (1 + Math.Abs(loss)))
            {
                return new LogisticBaseline(encoder, next < loss ? trial : weights, actionCount, true);
            }
            (weights, loss) = (trial, next);
        }
        return new LogisticBaseline(encoder, weights, actionCount, false);
    }

    /// <summary>Probabilities under the action of each row.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] in [0, actionCount).</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or an action is outside its range.</exception>
    public float[] Predict(FeatureTable table, ReadOnlySpan<int> actions)
    {
        ArgumentNullException.ThrowIfNull(table);
        TrainingSet.RequireActions(actions, table.Rows, _actions);
        double[] design = Design(_encoder, table, actions, _actions);
        var probabilities = new float[table.Rows];
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = (float)Sigmoid(Dot(design.AsSpan(row * _weights.Length, _weights.Length), _weights));
        }
        return probabilities;
    }

    /// <summary>Scores predictions under the actions taken.</summary>
    /// <param name="table">Rows that the fit has not seen.</param>
    /// <param name="actions">[rows] actions taken.</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or a value is outside its range.</exception>
    public BinaryMetrics Evaluate(FeatureTable table, ReadOnlySpan<int> actions, ReadOnlySpan<float> labels) =>
        BinaryMetrics.Compute(Predict(table, actions), labels);

    internal ArtifactPart ToPart() => ArtifactPart.Of(Kind, new Header(_encoder.ToJson(), _weights, _actions, Converged), []);

    /// <exception cref="InvalidDataException">The part holds no logistic regression.</exception>
    internal static LogisticBaseline FromPart(ArtifactPart part)
    {
        var header = part.Read<Header>(Kind);
        if (header is not { Encoder: not null, Weights: not null, Actions: >= 1 })
        {
            throw new InvalidDataException("The header of a logistic part lacks a part.");
        }
        var encoder = FeatureEncoder.FromJson(header.Encoder);
        return header.Weights.Length == encoder.DenseWidth + header.Actions
            ? new LogisticBaseline(encoder, header.Weights, header.Actions, header.Converged)
            : throw new InvalidDataException("The weights of a logistic part do not fit its features.");
    }

    /// <summary>Columns: intercept, indicators of actions 1 and up, encoded features. [rows × width], row-major.</summary>
    private static double[] Design(FeatureEncoder encoder, FeatureTable table, ReadOnlySpan<int> actions, int actionCount)
    {
        float[] dense = encoder.TransformDense(table);
        int width = encoder.DenseWidth + actionCount;
        var design = new double[(long)table.Rows * width];
        for (int row = 0; row < table.Rows; row++)
        {
            var target = design.AsSpan(row * width, width);
            target[0] = 1;
            if (actions[row] > 0)
            {
                target[actions[row]] = 1;
            }
            for (int j = 0; j < encoder.DenseWidth; j++)
            {
                target[actionCount + j] = dense[row * encoder.DenseWidth + j];
            }
        }
        return design;
    }

    private static double[] NewtonDirection(double[] design, double[] weights, float[] labels, double ridge)
    {
        int width = weights.Length;
        var gradient = new double[width];
        var hessian = new double[width, width];
        for (int row = 0; row < labels.Length; row++)
        {
            var x = design.AsSpan(row * width, width);
            double p = Sigmoid(Dot(x, weights));
            for (int j = 0; j < width; j++)
            {
                if (x[j] == 0)
                {
                    continue;
                }
                gradient[j] += (p - labels[row]) * x[j];
                double factor = p * (1 - p) * x[j];
                for (int k = 0; k <= j; k++)
                {
                    hessian[j, k] += factor * x[k];
                }
            }
        }
        for (int j = 0; j < width; j++)
        {
            gradient[j] += j > 0 ? ridge * weights[j] : 0;
            // The intercept has no penalty; a trace of one keeps the factorisation defined when all labels are equal.
            hessian[j, j] += j > 0 ? ridge : 1e-9;
        }
        return Cholesky.Solve(hessian, gradient);
    }

    private static double Loss(double[] design, double[] weights, float[] labels, double ridge)
    {
        double loss = 0;
        for (int j = 1; j < weights.Length; j++)
        {
            loss += 0.5 * ridge * weights[j] * weights[j];
        }
        for (int row = 0; row < labels.Length; row++)
        {
            double margin = Dot(design.AsSpan(row * weights.Length, weights.Length), weights);
            loss += Math.Max(margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))) - labels[row] * margin;
        }
        return loss;
    }

    private static double Dot(ReadOnlySpan<double> x, double[] weights)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum += x[j] * weights[j];
        }
        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private sealed record Header(string Encoder, double[] Weights, int Actions, bool Converged);
}
