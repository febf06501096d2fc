using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests.Reference;

/// <summary>
/// Exact optimum of a small program with cap 1 and at most two upper rows, without a linear solver: by strong duality it is the least
/// value of the dual function, which is piecewise linear in the prices, so one of the crossings of its creases attains it; all crossings
/// are tried.
/// </summary>
internal static class DualEnumeration
{
    public static double Optimum(AllocationProgram program)
    {
        var rows = program.Rows.Count;
        var creases = Creases(program);
        var best = double.PositiveInfinity;
        if (rows == 1)
        {
            foreach (var (a, _, c) in creases.Where(crease => crease.A != 0))
            {
                best = Math.Min(best, Dual(program, [c / a]));
            }

            return best;
        }

        foreach (var (a, b, c) in creases)
        {
            foreach (var (d, e, f) in creases)
            {
                var determinant = (a * e) - (b * d);
                if (Math.Abs(determinant) > 1e-12)
                {
                    best = Math.Min(best, Dual(program, [((c * e) - (b * f)) / determinant, ((a * f) - (c * d)) / determinant]));
                }
            }
        }

        return best;
    }

    // Lines a·λ0 + b·λ1 = c on which a unit changes its best action, or a price is 0.
    private static List<(double A, double B, double C)> Creases(AllocationProgram program)
    {
        var use = Uses(program);
        var creases = new List<(double, double, double)> { (1, 0, 0), (0, 1, 0) };
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            for (var e = program.RowStart[unit]; e < program.RowStart[unit + 1]; e++)
            {
                creases.Add((use[e, 0], use[e, 1], program.Values[e]));
                for (var f = program.RowStart[unit]; f < e; f++)
                {
                    creases.Add((use[e, 0] - use[f, 0], use[e, 1] - use[f, 1], (double)program.Values[e] - program.Values[f]));
                }
            }
        }

        return creases;
    }

    private static double Dual(AllocationProgram program, double[] prices)
    {
        if (prices.Any(price => price < -1e-12))
        {
            return double.PositiveInfinity;
        }

        var use = Uses(program);
        var total = prices.Select((price, r) => price * program.Rows[r].Upper!.Value).Sum();
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            var best = 0.0;
            for (var e = program.RowStart[unit]; e < program.RowStart[unit + 1]; e++)
            {
                best = Math.Max(best, program.Values[e] - prices.Select((price, r) => price * use[e, r]).Sum());
            }

            total += best;
        }

        return total;
    }

    private static double[,] Uses(AllocationProgram program)
    {
        var use = new double[program.EdgeCount, 2];
        for (var r = 0; r < program.Rows.Count; r++)
        {
            for (var edge = 0; edge < program.EdgeCount; edge++)
            {
                use[edge, r] = program.Coefficient(r, edge);
            }
        }

        return use;
    }
}
