using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>The linear program over the core: its units, their edges that could still be chosen, and the bounds that all other units leave.</summary>
internal sealed class CoreProgram
{
    // Edges this many margins below the best of their unit are left out: prices would have to move that far for them to be chosen.
    private const double Reach = 8;

    private readonly AllocationProgram _program;
    private readonly CoreSelection _selection;
    private readonly int[] _edges;
    private readonly AllocationProgram _core;

    public CoreProgram(AllocationProgram program, CoreSelection selection, ReadOnlySpan<double> prices)
    {
        (_program, _selection) = (program, selection);
        var slice = ProgramSlice.Take(program, selection.CoreUnits, Bounds(), Competitive(prices));
        (_core, _edges) = (slice.Program, slice.Edges);
    }

    /// <returns>Allocation of the whole program and prices; null when the core is too small to be feasible, or not solved in time.</returns>
    public (EdgeProbabilities Probabilities, double[] Prices)? Solve(TimeSpan? timeLimit, CancellationToken cancellationToken)
    {
        for (var r = 0; r < _core.RowArray.Length; r++)
        {
            // Sums of millions of numbers: what is missing by their round-off is not missing.
            var upper = _core.RowArray[r].Upper;
            if (upper < -1e-9 * Math.Max(1, _selection.FixedUses[r]))
            {
                return null;
            }
        }

        var point = ExactSolver.Vertex(_core, timeLimit, cancellationToken);
        return point.Probabilities is { } x ? (Merged(x), point.Prices) : null;
    }

    private (double?, double?)[] Bounds()
    {
        var bounds = new (double?, double?)[_program.RowArray.Length];
        for (var r = 0; r < bounds.Length; r++)
        {
            var (row, used) = (_program.RowArray[r], _selection.FixedUses[r]);
            bounds[r] = (row.Lower - used is var lower and > 0 ? lower : null, row.Upper - used);
        }

        return bounds;
    }

    private Func<int, int, bool>? Competitive(ReadOnlySpan<double> prices)
    {
        if (_selection.CoreMargins.Length == 0 || float.IsInfinity(_selection.CoreMargins[0]))
        {
            return null;
        }

        var table = new PriceTable(_program, prices);
        var (at, greedy) = (-1, (CappedGreedy?)null);
        return (unit, edge) =>
        {
            if (at < 0 || _selection.CoreUnits[at] != unit)
            {
                at = Array.BinarySearch(_selection.CoreUnits, unit);
                greedy = table.Greedy(unit);
            }

            var candidate = edge - _program.RowStartArray[unit];
            return greedy!.Chosen.Contains(candidate) || greedy.Entry(candidate)?.Distance <= Reach * _selection.CoreMargins[at];
        };
    }

    private EdgeProbabilities Merged(double[] x)
    {
        var ofCore = new List<(int Edge, double Probability)>();
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > SnapTolerance)
            {
                ofCore.Add((_edges[i], x[i] >= 1 - SnapTolerance ? 1 : x[i]));
            }
        }

        var (edges, values) = (new int[_selection.FixedEdges.Length + ofCore.Count], new double[_selection.FixedEdges.Length + ofCore.Count]);
        var (i0, i1) = (0, 0);
        for (var at = 0; at < edges.Length; at++)
        {
            var fromCore = i0 == _selection.FixedEdges.Length || (i1 < ofCore.Count && ofCore[i1].Edge < _selection.FixedEdges[i0]);
            (edges[at], values[at]) = fromCore ? ofCore[i1++] : (_selection.FixedEdges[i0++], 1);
        }

        return new EdgeProbabilities(_program.EdgeCount, edges, values);
    }

    private const double SnapTolerance = 1e-9;
}
