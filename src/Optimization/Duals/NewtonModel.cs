namespace Noah.Optimization.Duals;

/// <summary>The second-order model of the smoothed dual around one point, over the rows that are free to move.</summary>
/// <param name="hessian">γ times the second derivatives.</param>
/// <param name="smoothing">γ.</param>
/// <param name="slope">Derivative of each row, 0 where it may not move; shape [rows].</param>
/// <param name="isFree">Rows that may move; shape [rows].</param>
internal sealed class NewtonModel(DualHessian hessian, double smoothing, double[] slope, bool[] isFree)
{
    /// <summary>Up to here the matrix is factorised; above, conjugate gradients multiply with it.</summary>
    public const int LargestDense = 256;

    private readonly double[]? _matrix = slope.Length <= LargestDense ? hessian.Dense(slope.Length) : null;

    /// <summary>The step that goes all the way to the minimum of the model.</summary>
    /// <param name="damping">Added to the diagonal of each row; positive; shape [rows].</param>
    /// <returns>Change of each price, 0 in rows that may not move; shape [rows].</returns>
    public double[] Step(double[] damping)
    {
        if (_matrix is null)
        {
            return ConjugateGradients.Solve(hessian, smoothing, slope, isFree, damping);
        }

        int[] free = [.. Enumerable.Range(0, slope.Length).Where(r => isFree[r])];
        return SymmetricSystem.Solve(Damped(damping), Array.ConvertAll(slope, s => -s), free);
    }

    /// <summary>The step to the minimum of the model within bounds; with more rows than are factorised, the unbounded step cut to them.</summary>
    /// <param name="damping">Added to the diagonal of each row; positive; shape [rows].</param>
    /// <param name="lower">Least change of each price, ≤ 0; shape [rows].</param>
    /// <param name="upper">Greatest change of each price, ≥ 0; shape [rows].</param>
    public double[] StepWithin(double[] damping, double[] lower, double[] upper)
    {
        if (_matrix is null)
        {
            return [.. Step(damping).Select((step, r) => Math.Clamp(step, lower[r], upper[r]))];
        }

        var (least, most) = (new double[slope.Length], new double[slope.Length]);
        for (var r = 0; r < slope.Length; r++)
        {
            (least[r], most[r]) = isFree[r] ? (lower[r], upper[r]) : (0, 0);
        }

        return BoxQuadratic.Minimise(Damped(damping), slope, least, most);
    }

    private double[] Damped(double[] damping)
    {
        var (rows, matrix) = (slope.Length, Array.ConvertAll(_matrix!, entry => entry / smoothing));
        for (var r = 0; r < rows; r++)
        {
            matrix[(r * rows) + r] += damping[r];
        }

        return matrix;
    }
}
