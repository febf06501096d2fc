namespace Noah.Prediction.Exploration;

/// <summary>The lower triangle L of a precision matrix A = L Lᵀ of a normal distribution.</summary>
internal sealed class PrecisionFactor
{
    private readonly double[] _lower;
    private readonly int _width;

    /// <param name="precision">[width × width], symmetric positive definite, of which the lower triangle is read; overwritten.</param>
    /// <param name="width">Its rows.</param>
    public PrecisionFactor(double[] precision, int width)
    {
        _lower = precision;
        _width = width;
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = precision[i * width + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= precision[i * width + k] * precision[j * width + k];
                }
                precision[i * width + j] = i == j ? Math.Sqrt(sum) : sum / precision[j * width + j];
            }
        }
    }

    /// <summary>xᵀ A⁻¹ x.</summary>
    public double Variance(ReadOnlySpan<float> x)
    {
        var solved = new double[_width];
        double sum = 0;
        for (int i = 0; i < _width; i++)
        {
            double value = x[i];
            for (int k = 0; k < i; k++)
            {
                value -= _lower[i * _width + k] * solved[k];
            }
            solved[i] = value / _lower[i * _width + i];
            sum += solved[i] * solved[i];
        }
        return sum;
    }

    /// <summary>A⁻¹ b.</summary>
    public double[] Solve(double[] right)
    {
        var x = (double[])right.Clone();
        for (int i = 0; i < _width; i++)
        {
            for (int k = 0; k < i; k++)
            {
                x[i] -= _lower[i * _width + k] * x[k];
            }
            x[i] /= _lower[i * _width + i];
        }
        return BackSubstitute(x);
    }

    /// <summary>L⁻ᵀ x: of independent standard normal numbers, a draw with covariance A⁻¹. Overwrites its argument.</summary>
    public double[] BackSubstitute(double[] x)
    {
        for (int i = _width - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < _width; k++)
            {
                x[i] -= _lower[k * _width + i] * x[k];
            }
            x[i] /= _lower[i * _width + i];
        }
        return x;
    }
}
