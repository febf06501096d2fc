using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>The Lagrangian of a program at given row prices: reduced values, surplus of each unit, upper bound of the objective.</summary>
internal static class Pricing
{
    /// <summary>
    /// The part of a price that the bound may use: a row without an upper bound has no positive price and one without a lower bound no
    /// negative price. Clipping keeps the Lagrangian finite, so that every price vector gives a valid bound.
    /// </summary>
    public static double Clip(CouplingRow row, double price) => price switch
    {
        > 0 when row.Upper is null => 0,
        < 0 when row.Lower is null => 0,
        _ => price,
    };

    /// <summary>Value of each edge less what it uses at the row prices; shape [edges].</summary>
    public static double[] ReducedValues(AllocationProgram program, ReadOnlySpan<double> prices)
    {
        var reduced = program.Values.ToArray();
        for (var r = 0; r < program.Rows.Count; r++)
        {
            var row = program.Rows[r];
            var price = Clip(row, prices[r]);
            if (price == 0)
            {
                continue;
            }

            var edges = row.Edges;
            var coefficients = row.Coefficients;
            for (var i = 0; i < edges.Length; i++)
            {
                reduced[edges[i]] -= price * coefficients[i];
            }
        }

        return reduced;
    }

    /// <summary>Best total reduced value of each unit under its frequency cap, ≥ 0; shape [units].</summary>
    public static double[] UnitSurpluses(AllocationProgram program, ReadOnlySpan<double> reduced)
    {
        var surpluses = new double[program.UnitCount];
        for (var unit = 0; unit < surpluses.Length; unit++)
        {
            if (program.FrequencyCaps[unit] == 1)
            {
                for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
                {
                    surpluses[unit] = Math.Max(surpluses[unit], reduced[edge]);
                }

                continue;
            }

            foreach (var edge in BestEdges(program, reduced, unit))
            {
                surpluses[unit] += reduced[edge];
            }
        }

        return surpluses;
    }

    /// <summary>The edges of a unit with the greatest positive reduced values, as many as its cap allows, best first.</summary>
    public static int[] BestEdges(AllocationProgram program, ReadOnlySpan<double> reduced, int unit)
    {
        var positive = new List<(double Reduced, int Edge)>();
        for (var edge = program.RowStart[unit]; edge < program.RowStart[unit + 1]; edge++)
        {
            if (reduced[edge] > 0)
            {
                positive.Add((reduced[edge], edge));
            }
        }

        return [.. positive.OrderByDescending(e => e.Reduced).ThenBy(e => e.Edge).Take(program.FrequencyCaps[unit]).Select(e => e.Edge)];
    }

    /// <summary>Value of the bounds at the prices: the constant part of the Lagrangian.</summary>
    public static double BoundValue(AllocationProgram program, ReadOnlySpan<double> prices)
    {
        var total = 0.0;
        for (var r = 0; r < program.Rows.Count; r++)
        {
            var row = program.Rows[r];
            var price = Clip(row, prices[r]);
            total += price switch
            {
                > 0 => price * row.Upper!.Value,
                < 0 => price * row.Lower!.Value,
                _ => 0,
            };
        }

        return total;
    }
}
