using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>
/// Second derivatives of the smoothed dual, times γ: over the groups of free edges Σ a aᵀ/w − (Σ a/w)(Σ a/w)ᵀ/Σ 1/w (the second term where a tight cap keeps
/// the sum), a being the uses of an edge and w its ridge weight. As products with a vector, a diagonal or a dense matrix.
/// </summary>
internal sealed class DualHessian
{
    private const int Slices = 8;
    private const int WorthThreads = 4_096;

    // Entry i of the flat list uses _use[i] of row _row[i]; edge k owns [_entry[k], _entry[k + 1]), group g the edges [_edge[g], _edge[g + 1]).
    private readonly int[] _edge;
    private readonly int[] _entry;
    private readonly int[] _row;
    private readonly double[] _use;
    private readonly double[] _inverseWeight;
    private readonly double[] _probability;
    private readonly bool[] _centred;

    public DualHessian(AllocationProgram program, RidgeWeights weights, FreeGroups groups)
    {
        (_edge, _centred) = (new int[groups.Count + 1], new bool[groups.Count]);
        var entry = new List<int> { 0 };
        for (var g = 0; g < groups.Count; g++)
        {
            _centred[g] = groups.IsCentred(g);
            foreach (var edge in groups.Edges(g))
            {
                entry.Add(entry[^1] + program.Terms.RowsOf(program.ActionArray[edge]).Length);
            }

            _edge[g + 1] = entry.Count - 1;
        }

        _entry = [.. entry];
        var edges = _entry.Length - 1;
        (_row, _use, _inverseWeight, _probability) = (new int[_entry[edges]], new double[_entry[edges]], new double[edges], new double[edges]);
        InSlices(slice =>
        {
            for (var g = slice.First; g < slice.End; g++)
            {
                Take(program, weights, groups.Edges(g), groups.Probabilities(g), _edge[g]);
            }
        });
    }

    /// <summary>γ · diagonal; shape [rows].</summary>
    public double[] Diagonal(int rows)
    {
        var (diagonal, mean) = (new double[rows], new double[rows]);
        for (var g = 0; g < _centred.Length; g++)
        {
            var total = 0.0;
            for (var k = _edge[g]; k < _edge[g + 1]; k++)
            {
                total += _inverseWeight[k];
                for (var i = _entry[k]; i < _entry[k + 1]; i++)
                {
                    diagonal[_row[i]] += _use[i] * _use[i] * _inverseWeight[k];
                    mean[_row[i]] += _use[i] * _inverseWeight[k];
                }
            }

            for (var i = _entry[_edge[g]]; i < _entry[_edge[g + 1]]; i++)
            {
                diagonal[_row[i]] -= _centred[g] ? mean[_row[i]] * mean[_row[i]] / total : 0;
                mean[_row[i]] = 0;
            }
        }

        return diagonal;
    }

    /// <summary>γ · matrix; shape [rows × rows], row-major.</summary>
    public double[] Dense(int rows)
    {
        var (matrix, mean, touched) = (new double[rows * rows], new double[rows], new List<int>());
        for (var g = 0; g < _centred.Length; g++)
        {
            var total = 0.0;
            for (var k = _edge[g]; k < _edge[g + 1]; k++)
            {
                total += _inverseWeight[k];
                for (var i = _entry[k]; i < _entry[k + 1]; i++)
                {
                    for (var j = _entry[k]; j < _entry[k + 1]; j++)
                    {
                        matrix[(_row[i] * rows) + _row[j]] += _use[i] * _use[j] * _inverseWeight[k];
                    }

                    if (mean[_row[i]] == 0)
                    {
                        touched.Add(_row[i]);
                    }

                    mean[_row[i]] += _use[i] * _inverseWeight[k];
                }
            }

            foreach (var a in _centred[g] ? touched : [])
            {
                foreach (var b in touched)
                {
                    matrix[(a * rows) + b] -= mean[a] * mean[b] / total;
                }
            }

            foreach (var r in touched)
            {
                mean[r] = 0;
            }

            touched.Clear();
        }

        return matrix;
    }

    /// <summary>γ times the derivative of the uses to γ at fixed prices: −Σ a (x − x̄), x̄ being the mean by weight where a cap keeps the sum; shape
    /// [rows].</summary>
    public double[] SmoothingDerivative(int rows)
    {
        var derivative = new double[rows];
        for (var g = 0; g < _centred.Length; g++)
        {
            var (sum, total) = (0.0, 0.0);
            for (var k = _edge[g]; k < _edge[g + 1]; k++)
            {
                (sum, total) = (sum + _probability[k], total + _inverseWeight[k]);
            }

            for (var k = _edge[g]; k < _edge[g + 1]; k++)
            {
                var excess = _probability[k] - (_centred[g] ? sum * _inverseWeight[k] / total : 0);
                for (var i = _entry[k]; i < _entry[k + 1]; i++)
                {
                    derivative[_row[i]] -= _use[i] * excess;
                }
            }
        }

        return derivative;
    }

    /// <summary>γ · matrix times a vector.</summary>
    public void Multiply(double[] vector, double[] result)
    {
        var parts = new double[Slices][];
        InSlices(slice =>
        {
            parts[slice.Index] = new double[result.Length];
            for (var g = slice.First; g < slice.End; g++)
            {
                AddProduct(g, vector, parts[slice.Index]);
            }
        });
        Array.Clear(result);
        foreach (var part in parts)
        {
            for (var r = 0; r < result.Length; r++)
            {
                result[r] += part[r];
            }
        }
    }

    private void AddProduct(int group, double[] vector, double[] result)
    {
        var mean = 0.0;
        if (_centred[group])
        {
            var (sum, total) = (0.0, 0.0);
            for (var k = _edge[group]; k < _edge[group + 1]; k++)
            {
                total += _inverseWeight[k];
                for (var i = _entry[k]; i < _entry[k + 1]; i++)
                {
                    sum += _use[i] * vector[_row[i]] * _inverseWeight[k];
                }
            }

            mean = sum / total;
        }

        for (var k = _edge[group]; k < _edge[group + 1]; k++)
        {
            var product = -mean;
            for (var i = _entry[k]; i < _entry[k + 1]; i++)
            {
                product += _use[i] * vector[_row[i]];
            }

            product *= _inverseWeight[k];
            for (var i = _entry[k]; i < _entry[k + 1]; i++)
            {
                result[_row[i]] += _use[i] * product;
            }
        }
    }

    private void Take(AllocationProgram program, RidgeWeights weights, ReadOnlySpan<int> edges, ReadOnlySpan<float> probabilities, int first)
    {
        for (var e = 0; e < edges.Length; e++)
        {
            var (k, action) = (first + e, program.ActionArray[edges[e]]);
            (_probability[k], _inverseWeight[k]) = (probabilities[e], 1.0 / weights.Of(edges[e]));
            var i = _entry[k];
            foreach (var r in program.Terms.RowsOf(action))
            {
                (_row[i], _use[i]) = (r, program.RowArray[r].Measure.Of(edges[e], action));
                i++;
            }
        }
    }

    // A fixed number of slices: sums by slice do not depend on the number of threads.
    private void InSlices(Action<(int Index, int First, int End)> run)
    {
        var groups = _centred.Length;
        (int, int, int) Slice(int s) => (s, (int)((long)groups * s / Slices), (int)((long)groups * (s + 1) / Slices));
        if (groups < WorthThreads)
        {
            for (var s = 0; s < Slices; s++)
            {
                run(Slice(s));
            }

            return;
        }

        Parallel.For(0, Slices, s => run(Slice(s)));
    }
}
