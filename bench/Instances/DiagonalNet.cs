namespace Noah.Bench.Instances;

/// <summary>
/// Sparse regression by a diagonal linear network, prediction ⟨u ∘ v, x⟩, loss ¼ residual² (Andriushchenko and Flammarion, ICML 2022,
/// section 3): 20 rows, 30 dimensions, 3 of them true. Descent on all rows, with perturbations by shard and not normalised, as there.
/// </summary>
internal sealed class DiagonalNet
{
    private const int Rows = 20, Width = 30, True = 3;
    private const double Start = 0.1, Rate = 0.05;
    private const int Steps = 20_000;

    private readonly double[][] _x;
    private readonly double[] _y, _truth;
    private readonly double[] _u0;

    public DiagonalNet(int seed)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Task, 1);
        _truth = new double[Width];
        for (var k = 0; k < True; k++)
        {
            _truth[k] = random.Normal();
        }

        _x = new double[Rows][];
        _y = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            _x[row] = new double[Width];
            for (var k = 0; k < Width; k++)
            {
                _x[row][k] = random.Normal();
                _y[row] += _x[row][k] * _truth[k];
            }
        }

        _u0 = new double[Width];
        for (var k = 0; k < Width; k++)
        {
            _u0[k] = Start * random.Normal();
        }
    }

    /// <summary>Expected loss on fresh rows after training: ¼ ‖u ∘ v − truth‖², features being standard normal.</summary>
    /// <param name="shards">m; 20 is 1-SAM.</param>
    /// <param name="radius">0 is descent itself.</param>
    public double TestLoss(int shards, double radius)
    {
        var w = new double[2 * Width];
        _u0.CopyTo(w, 0);
        var sum = new double[2 * Width];
        var moved = new double[2 * Width];
        var gradient = new double[2 * Width];
        for (var step = 0; step < Steps; step++)
        {
            Array.Clear(sum);
            for (var shard = 0; shard < shards; shard++)
            {
                int first = Rows * shard / shards, end = Rows * (shard + 1) / shards;
                w.CopyTo(moved, 0);
                if (radius > 0)
                {
                    Gradient(w, first, end, gradient);
                    for (var k = 0; k < w.Length; k++)
                    {
                        moved[k] += radius * gradient[k];
                    }
                }

                Gradient(moved, first, end, gradient);
                for (var k = 0; k < w.Length; k++)
                {
                    sum[k] += gradient[k] * (end - first) / Rows;
                }
            }

            for (var k = 0; k < w.Length; k++)
            {
                w[k] -= Rate * sum[k];
            }
        }

        return Enumerable.Range(0, Width).Sum(k => Math.Pow(w[k] * w[Width + k] - _truth[k], 2)) / 4;
    }

    private void Gradient(double[] w, int first, int end, double[] gradient)
    {
        Array.Clear(gradient);
        for (var row = first; row < end; row++)
        {
            var residual = -_y[row];
            var x = _x[row];
            for (var k = 0; k < Width; k++)
            {
                residual += w[k] * w[Width + k] * x[k];
            }

            var weight = residual / 2 / (end - first);
            for (var k = 0; k < Width; k++)
            {
                gradient[k] += weight * x[k] * w[Width + k];
                gradient[Width + k] += weight * x[k] * w[k];
            }
        }
    }
}
