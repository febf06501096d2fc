namespace Noah.Optimization.Duals;

/// <summary>
/// Minimises a convex quadratic over a box: a sweep over the coordinates finds what the bounds hold, a Newton step over the others goes the rest of the way
/// (projected Newton, Bertsekas 1982). A Newton step merely cut at the bounds may ascend when rows are coupled.
/// </summary>
internal sealed class BoxQuadratic
{
    private const int MostRounds = 50;
    private const int MostHalvings = 8;
    private const double SufficientDecrease = 1e-4;
    private const double Negligible = 1e-9;

    private readonly double[] _matrix;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _x;
    private readonly double[] _gradient;

    private BoxQuadratic(double[] matrix, double[] slope, double[] lower, double[] upper)
    {
        (_matrix, _lower, _upper) = (matrix, lower, upper);
        (_x, _gradient) = (new double[slope.Length], (double[])slope.Clone());
    }

    /// <param name="matrix">Second derivatives, positive definite; shape [n × n].</param>
    /// <param name="slope">Derivatives at 0; shape [n].</param>
    /// <param name="lower">Lower bounds, ≤ 0; shape [n].</param>
    /// <param name="upper">Upper bounds, ≥ 0; shape [n].</param>
    /// <returns>The minimiser; shape [n].</returns>
    public static double[] Minimise(double[] matrix, double[] slope, double[] lower, double[] upper)
    {
        var quadratic = new BoxQuadratic(matrix, slope, lower, upper);
        var first = quadratic.Sweep();
        for (var (round, decrease) = (0, first); round < MostRounds && decrease > Negligible * first; round++)
        {
            quadratic.NewtonStep();
            decrease = quadratic.Sweep();
        }

        return quadratic._x;
    }

    // Each coordinate to its best; returns by how much that lowers the quadratic.
    private double Sweep()
    {
        var (n, decrease) = (_x.Length, 0.0);
        for (var i = 0; i < n; i++)
        {
            var curvature = _matrix[(i * n) + i];
            var step = Math.Clamp(_x[i] - (_gradient[i] / curvature), _lower[i], _upper[i]) - _x[i];
            if (step != 0)
            {
                decrease -= step * (_gradient[i] + (0.5 * curvature * step));
                Move(i, step);
            }
        }

        return decrease;
    }

    private void NewtonStep()
    {
        var n = _x.Length;
        int[] free = [.. Enumerable.Range(0, n).Where(i => _x[i] > _lower[i] && _x[i] < _upper[i])];
        var direction = SymmetricSystem.Solve(_matrix, _gradient, free);
        var step = new double[n];
        for (var (halving, length) = (0, 1.0); halving < MostHalvings; halving++, length *= 0.5)
        {
            var (expected, curvature) = (0.0, 0.0);
            foreach (var i in free)
            {
                step[i] = Math.Clamp(_x[i] - (length * direction[i]), _lower[i], _upper[i]) - _x[i];
                expected += _gradient[i] * step[i];
            }

            foreach (var i in free)
            {
                foreach (var j in free)
                {
                    curvature += step[i] * step[j] * _matrix[(i * n) + j];
                }
            }

            if (expected + (0.5 * curvature) <= SufficientDecrease * expected)
            {
                foreach (var i in free)
                {
                    Move(i, step[i]);
                }

                return;
            }
        }
    }

    private void Move(int i, double step)
    {
        _x[i] += step;
        for (var j = 0; j < _x.Length; j++)
        {
            // Symmetric: the row is the column, and lies in one piece.
            _gradient[j] += _matrix[(i * _x.Length) + j] * step;
        }
    }
}
