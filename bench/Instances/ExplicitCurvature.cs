using MathNet.Numerics.LinearAlgebra;
using Noah.Prediction.Diagnostics;

namespace Noah.Bench.Instances;

/// <summary>
/// Sharpness and coherence of a network the long way: every logit's gradient by central differences of the network itself, every example's
/// Hessian written out, a dense eigensolver on their mean. It knows nothing of layers.
/// </summary>
internal static class ExplicitCurvature
{
    // Float outputs: a smaller step drowns in rounding, a larger one crosses the kinks of more units.
    private const float Step = 2e-3f;

    public static (double Sharpness, double Coherence) Of(OptimizerTrial trial, float[] weights, int rows)
    {
        var gradients = Matrix<double>.Build.Dense(rows, weights.Length);
        var moved = (float[])weights.Clone();
        for (var k = 0; k < weights.Length; k++)
        {
            moved[k] = weights[k] + Step;
            var up = trial.Logits(moved);
            var width = (double)moved[k];
            moved[k] = weights[k] - Step;
            var down = trial.Logits(moved);
            width -= moved[k];
            moved[k] = weights[k];
            for (var row = 0; row < rows; row++)
            {
                gradients[row, k] = (up[row] - (double)down[row]) / width;
            }
        }

        var logits = trial.Logits(weights);
        var hessians = new Matrix<double>[rows];
        var mean = Matrix<double>.Build.Dense(weights.Length, weights.Length);
        for (var row = 0; row < rows; row++)
        {
            var p = 1 / (1 + Math.Exp(-logits[row]));
            var gradient = gradients.Row(row);
            hessians[row] = gradient.OuterProduct(gradient) * (p * (1 - p));
            mean += hessians[row] / rows;
        }

        var coherence = Matrix<double>.Build.Dense(rows, rows, (i, j) => Math.Sqrt(Math.Max(0, hessians[i].PointwiseMultiply(hessians[j]).ColumnSums().Sum())));
        // Of one direction each: the largest eigenvalue is the trace.
        var largest = hessians.Max(hessian => hessian.Trace());
        return (Largest(mean), Largest(coherence) / largest);
    }

    private static double Largest(Matrix<double> symmetric) => symmetric.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
}
