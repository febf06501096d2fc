using ScottPlot;

namespace Noah.Api.Platform.Pages;

/// <summary>One look for all plots: no frame, faint grid on the value axis only, room for the labels.</summary>
internal static class PagePlot
{
    public const int Width = 560;
    private const string Font = "DejaVu Sans";
    private const float TickSize = 12;
    private const float LabelSize = 12.5f;
    private const float CharacterWidth = 7.2f;

    /// <summary>An empty plot whose rows are categories, the first on top.</summary>
    public static Plot Rows(IReadOnlyList<string> labels, string valueLabel)
    {
        var plot = Plain(valueLabel, null);
        var positions = labels.Select((_, row) => (double)-row).ToArray();
        plot.Axes.Left.SetTicks(positions, [.. labels]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsY(-labels.Count + 0.4, 0.6);
        plot.Layout.Fixed(new PixelPadding(24 + (labels.Max(label => label.Length) * CharacterWidth), 24, 50, 4));
        return plot;
    }

    /// <summary>An empty plot of two value axes.</summary>
    public static Plot Plain(string bottomLabel, string? leftLabel)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Font.Set(Font);
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.XLabel(bottomLabel, LabelSize);
        if (leftLabel is not null)
        {
            plot.YLabel(leftLabel, LabelSize);
        }

        Dress((ScottPlot.AxisPanels.AxisBase)plot.Axes.Bottom);
        Dress((ScottPlot.AxisPanels.AxisBase)plot.Axes.Left);
        plot.Grid.MajorLineColor = Ink.Grid.Color;
        plot.Grid.MajorLineWidth = 1;
        return plot;
    }

    public static int HeightFor(int rows) => 54 + (rows * 36);

    private static void Dress(ScottPlot.AxisPanels.AxisBase axis)
    {
        axis.LabelFontColor = Ink.Text.Color;
        axis.LabelStyle.Bold = false;
        axis.TickLabelStyle.ForeColor = Ink.Text.Color;
        axis.TickLabelStyle.FontSize = TickSize;
        axis.FrameLineStyle.Color = Ink.Faint.Color;
        axis.MajorTickStyle.Color = Ink.Faint.Color;
        axis.MinorTickStyle.Length = 0;
    }
}
