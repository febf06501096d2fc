using Noah.Api.Platform.Pages;
using ScottPlot;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>The amounts of those who have any, as the share at or below each amount (empirical distribution), on a log axis.</summary>
internal static class AmountPlot
{
    private const int Height = 260;
    private static readonly double[] Mantissas = [1, 2, 5];

    public static Markup Draw(MetricFigures metric, string id)
    {
        var arms = metric.Arms.Where(arm => arm.AmountQuantiles.Count > 1 && arm.AmountQuantiles[0].Value > 0).ToArray();
        if (arms.Length == 0)
        {
            return Markup.Empty;
        }

        var unit = metric.Unit is { } name ? $"{name}, " : "";
        var plot = PagePlot.Plain($"Amount ({unit}logarithmic)", "% at or below");
        foreach (var arm in arms)
        {
            var curve = plot.Add.ScatterLine(
                arm.AmountQuantiles.Select(point => Math.Log10(point.Value)).ToArray(),
                arm.AmountQuantiles.Select(point => 100 * point.Probability).ToArray(),
                Ink.OfArm(metric.Arms.ToList().IndexOf(arm)).Color);
            curve.LineWidth = 2;
        }

        var values = arms.SelectMany(arm => arm.AmountQuantiles).Select(point => point.Value).ToArray();
        SetLogTicks(plot, values.Min(), values.Max());
        plot.Axes.SetLimitsY(0, 100);
        plot.Layout.Fixed(new PixelPadding(62, 24, 50, 8));
        return SvgFigure.Draw(plot, PagePlot.Width, Height, id, $"Distribution of the amounts of {metric.Name} per arm, among members with any.");
    }

    private static void SetLogTicks(Plot plot, double low, double high)
    {
        var ticks = Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(power => Mantissas.Select(mantissa => mantissa * Math.Pow(10, power)))
            .Where(value => value >= low * 0.8 && value <= high * 1.25)
            .ToArray();
        plot.Axes.Bottom.SetTicks([.. ticks.Select(value => Math.Log10(value))], [.. ticks.Select(value => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimitsX(Math.Log10(low) - 0.04, Math.Log10(high) + 0.04);
    }
}
