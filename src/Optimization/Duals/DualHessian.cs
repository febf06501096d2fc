using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>Second derivatives of the smoothed dual from the groups of free edges, times γ: as products with a vector, a diagonal or a dense matrix.</summary>
internal sealed class DualHessian
{
    // Entries of the free edges in the rows, in compressed form: edge k of the flat list uses _use[i] of row _row[i] for i in its range.
    private readonly List<int> _start = [0];
    private readonly List<int> _row = [];
    private readonly List<double> _use = [];
    private readonly FreeGroups _groups;

    public DualHessian(AllocationProgram program, FreeGroups groups)
    {
        _groups = groups;
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var edge in groups.Edges(group))
            {
                var action = program.ActionArray[edge];
                foreach (var r in program.Terms.RowsOf(action))
                {
                    _row.Add(r);
                    _use.Add(program.RowArray[r].Measure.Of(edge, action));
                }

                _start.Add(_row.Count);
            }
        }
    }

    /// <summary>γ · diagonal; shape [rows].</summary>
    public double[] Diagonal(int rows)
    {
        var (diagonal, mean) = (new double[rows], new double[rows]);
        Visit((first, end, centred) =>
        {
            for (var k = first; k < end; k++)
            {
                for (var i = _start[k]; i < _start[k + 1]; i++)
                {
                    diagonal[_row[i]] += _use[i] * _use[i];
                    mean[_row[i]] += _use[i];
                }
            }

            for (var i = _start[first]; i < _start[end]; i++)
            {
                diagonal[_row[i]] -= centred ? mean[_row[i]] * mean[_row[i]] / (end - first) : 0;
                mean[_row[i]] = 0;
            }
        });
        return diagonal;
    }

    /// <summary>γ · matrix; shape [rows × rows], row-major.</summary>
    public double[] Dense(int rows)
    {
        var (matrix, mean, touched) = (new double[rows * rows], new double[rows], new List<int>());
        Visit((first, end, centred) =>
        {
            for (var k = first; k < end; k++)
            {
                for (var i = _start[k]; i < _start[k + 1]; i++)
                {
                    for (var j = _start[k]; j < _start[k + 1]; j++)
                    {
                        matrix[(_row[i] * rows) + _row[j]] += _use[i] * _use[j];
                    }

                    if (mean[_row[i]] == 0)
                    {
                        touched.Add(_row[i]);
                    }

                    mean[_row[i]] += _use[i];
                }
            }

            foreach (var a in centred ? touched : [])
            {
                foreach (var b in touched)
                {
                    matrix[(a * rows) + b] -= mean[a] * mean[b] / (end - first);
                }
            }

            foreach (var r in touched)
            {
                mean[r] = 0;
            }

            touched.Clear();
        });
        return matrix;
    }

    /// <summary>γ · matrix times a vector.</summary>
    public void Multiply(double[] vector, double[] result)
    {
        Array.Clear(result);
        Visit((first, end, centred) =>
        {
            var sum = 0.0;
            for (var i = _start[first]; centred && i < _start[end]; i++)
            {
                sum += _use[i] * vector[_row[i]];
            }

            var mean = sum / (end - first);
            for (var k = first; k < end; k++)
            {
                var product = -mean;
                for (var i = _start[k]; i < _start[k + 1]; i++)
                {
                    product += _use[i] * vector[_row[i]];
                }

                for (var i = _start[k]; i < _start[k + 1]; i++)
                {
                    result[_row[i]] += _use[i] * product;
                }
            }
        });
    }

    private void Visit(Action<int, int, bool> visit)
    {
        var at = 0;
        for (var group = 0; group < _groups.Count; group++)
        {
            var count = _groups.Edges(group).Length;
            visit(at, at + count, _groups.IsCentred(group));
            at += count;
        }
    }
}
