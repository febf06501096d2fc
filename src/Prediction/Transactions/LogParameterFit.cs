using Noah.Prediction.Baselines;

namespace Noah.Prediction.Transactions;

/// <summary>Minus log likelihood and its gradient at log-parameters.</summary>
internal delegate double LossWithGradient(ReadOnlySpan<double> logParameters, Span<double> gradient);

/// <summary>Where a fit ended: parameters and their standard errors (delta method), both as they are, not as logarithms.</summary>
internal sealed record LogParameterOptimum(bool Converged, double[] Parameters, double[] StandardErrors, double Loss, int Iterations);

/// <summary>
/// Maximum likelihood of positive parameters: damped Newton on their logarithms. With four parameters the Hessian by central differences
/// of the analytic gradient costs eight gradients and is good to about 1e-9, so the optimum has all its digits and the errors come with it.
/// </summary>
internal static class LogParameterFit
{
    private const int MaxIterations = 200, MaxHalvings = 40;
    // A parameter beyond e^±15 of its unit is on its way to 0 or infinity.
    private const double MaxLog = 15, MaxStep = 1.5, DifferenceStep = 1e-5;

    // Relative to the number of customers, whose losses the gradient sums.
    private const double GradientTolerance = 1e-10;

    public static LogParameterOptimum Minimize(LossWithGradient loss, double[] start, double customers)
    {
        int n = start.Length;
        double[] at = [.. start], gradient = new double[n];
        double value = loss(at, gradient);
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            double[,] hessian = Hessian(loss, at);
            if (gradient.Max(Math.Abs) <= GradientTolerance * customers)
            {
                return Finish(at, value, hessian, iteration);
            }
            double[] step = NewtonStep(hessian, gradient);
            double slope = Dot(step, gradient), size = 1;
            double[] next = new double[n], nextGradient = new double[n];
            bool moved = false;
            for (int halving = 0; halving < MaxHalvings && !moved; halving++, size /= 2)
            {
                for (int i = 0; i < n; i++)
                {
                    next[i] = at[i] + size * step[i];
                }
                double nextValue = loss(next, nextGradient);
                // Near the optimum the gain drowns in the rounding of the sum; then a smaller gradient is the better witness.
                bool gains = nextValue <= value + 1e-4 * size * slope
                    || (Math.Abs(nextValue - value) <= 1e-12 * Math.Abs(value) && Norm(nextGradient) < Norm(gradient));
                if (double.IsFinite(nextValue) && gains)
                {
                    (at, gradient, value, moved) = ([.. next], [.. nextGradient], nextValue, true);
                }
            }
            if (!moved || at.Any(parameter => Math.Abs(parameter) > MaxLog))
            {
                // A gradient at the level of its own rounding is an optimum too.
                return !moved && Norm(gradient) <= 1e4 * GradientTolerance * customers
                    ? Finish(at, value, hessian, iteration)
                    : NotConverged(at, value, iteration);
            }
        }
        return NotConverged(at, value, MaxIterations);
    }

    private static LogParameterOptimum NotConverged(double[] at, double value, int iterations) =>
        new(false, [.. at.Select(Math.Exp)], [], value, iterations);

    private static LogParameterOptimum Finish(double[] at, double value, double[,] hessian, int iterations)
    {
        int n = at.Length;
        var errors = new double[n];
        for (int i = 0; i < n; i++)
        {
            var unit = new double[n];
            unit[i] = 1;
            double variance = Cholesky.Solve((double[,])hessian.Clone(), unit)[i];
            errors[i] = Math.Exp(at[i]) * Math.Sqrt(variance);
        }
        return errors.All(double.IsFinite)
            ? new LogParameterOptimum(true, [.. at.Select(Math.Exp)], errors, value, iterations)
            : NotConverged(at, value, iterations);
    }

    private static double[,] Hessian(LossWithGradient loss, double[] at)
    {
        int n = at.Length;
        var hessian = new double[n, n];
        double[] up = new double[n], down = new double[n];
        for (int j = 0; j < n; j++)
        {
            double[] moved = [.. at];
            moved[j] = at[j] + DifferenceStep;
            loss(moved, up);
            moved[j] = at[j] - DifferenceStep;
            loss(moved, down);
            for (int i = 0; i < n; i++)
            {
                hessian[i, j] += (up[i] - down[i]) / (4 * DifferenceStep);
                hessian[j, i] += (up[i] - down[i]) / (4 * DifferenceStep);
            }
        }
        return hessian;
    }

    /// <summary>Newton's step, with a growing ridge where the Hessian is not positive definite.</summary>
    private static double[] NewtonStep(double[,] hessian, double[] gradient)
    {
        int n = gradient.Length;
        double scale = Enumerable.Range(0, n).Max(i => Math.Abs(hessian[i, i]));
        double[] right = [.. gradient.Select(g => -g)];
        for (double ridge = 0; ; ridge = ridge == 0 ? 1e-6 * scale + double.Epsilon : ridge * 10)
        {
            var matrix = (double[,])hessian.Clone();
            for (int i = 0; i < n; i++)
            {
                matrix[i, i] += ridge;
            }
            double[] step = Cholesky.Solve(matrix, right);
            bool descends = step.All(double.IsFinite) && Dot(step, gradient) < 0;
            if (descends || !(ridge < 1e12 * scale))
            {
                step = descends ? step : right;
                double shrink = Math.Min(1, MaxStep / step.Max(Math.Abs));
                return [.. step.Select(s => s * shrink)];
            }
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));
}
