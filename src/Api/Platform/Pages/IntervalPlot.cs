using ScottPlot;

namespace Noah.Api.Platform.Pages;

/// <summary>Points with whiskers, one a row: means per arm, and differences against a line at zero.</summary>
internal static class IntervalPlot
{
    private const double CapHeight = 0.1;
    private const float LineWidth = 2;
    private const float PointSize = 10;

    /// <summary>A label, its value with the ends of its interval, each missing where unknown, and its colour.</summary>
    internal sealed record Row(string Label, double? Value, double? Lower, double? Upper, Ink Ink);

    public static Markup Draw(IReadOnlyList<Row> rows, string valueLabel, bool zeroLine, string id, string description)
    {
        var plot = PagePlot.Rows([.. rows.Select(row => row.Label)], valueLabel);
        if (zeroLine)
        {
            plot.Add.VerticalLine(0, 1.5f, Ink.Faint.Color, LinePattern.Solid);
        }

        for (var index = 0; index < rows.Count; index++)
        {
            Add(plot, rows[index], -index);
        }

        var (low, high) = Limits(rows, zeroLine);
        plot.Axes.SetLimitsX(low, high);
        return SvgFigure.Draw(plot, PagePlot.Width, PagePlot.HeightFor(rows.Count), id, description);
    }

    private static void Add(Plot plot, Row row, double y)
    {
        if (row is { Lower: { } lower, Upper: { } upper })
        {
            AddLine(plot, lower, y, upper, y, row.Ink);
            AddLine(plot, lower, y - CapHeight, lower, y + CapHeight, row.Ink);
            AddLine(plot, upper, y - CapHeight, upper, y + CapHeight, row.Ink);
        }

        if (row.Value is { } value)
        {
            plot.Add.Marker(value, y, MarkerShape.FilledCircle, PointSize, row.Ink.Color);
        }
    }

    private static void AddLine(Plot plot, double x1, double y1, double x2, double y2, Ink ink)
    {
        var line = plot.Add.Line(x1, y1, x2, y2);
        line.LineWidth = LineWidth;
        line.LineColor = ink.Color;
    }

    private static (double Low, double High) Limits(IReadOnlyList<Row> rows, bool withZero)
    {
        var ends = rows.SelectMany(row => new[] { row.Lower ?? row.Value, row.Upper ?? row.Value }).OfType<double>()
            .Concat(withZero ? [0.0] : []).DefaultIfEmpty(0).ToArray();
        var (low, high) = (ends.Min(), ends.Max());
        var margin = Math.Max(0.06 * (high - low), 1e-9);
        return (low - margin, high + margin);
    }
}
