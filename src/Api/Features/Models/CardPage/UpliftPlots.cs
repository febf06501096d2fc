using Noah.Api.Platform.Pages;
using ScottPlot;

namespace Noah.Api.Features.Models.CardPage;

/// <summary>Plots of how well members are told apart by what an action adds for them.</summary>
internal static class UpliftPlots
{
    private const int Width = 520;
    private const int Height = 300;
    private const float LineWidth = 2;
    private const float PointSize = 9;
    private const double BandOpacity = 0.18;

    /// <summary>Uplift curve with its band, and the line of a random order.</summary>
    public static Markup Gain(CardUplift heldOut, string action, string unit, int arm)
    {
        var plot = PagePlot.Plain("Members addressed, %", $"Gain per member of all, {unit}");
        var ink = Ink.OfArm(arm);
        double[] shares = [0, .. heldOut.Curve.Select(point => 100 * point.Share)];
        var band = plot.Add.FillY(shares, [0, .. heldOut.Curve.Select(point => point.Lower)], [0, .. heldOut.Curve.Select(point => point.Upper)]);
        (band.FillColor, band.LineWidth) = (ink.Color.WithOpacity(BandOpacity), 0);
        Line(plot, [0, 100], [0, heldOut.Curve[^1].Gain], Ink.Faint, LinePattern.Dashed);
        Line(plot, shares, [0, .. heldOut.Curve.Select(point => point.Gain)], ink, LinePattern.Solid);
        var (low, high) = (Math.Min(0, heldOut.Curve.Min(point => point.Lower)), Math.Max(0, heldOut.Curve.Max(point => point.Upper)));
        return Draw(plot, 0, 100, low, high, $"gain{arm}", $"Gain of {action} by share of members addressed, highest predicted increments first, beside a random order.");
    }

    /// <summary>Estimated against predicted increments: on the diagonal they come true.</summary>
    public static Markup Groups(CardIncrement increment, string unit, int arm)
    {
        var plot = PagePlot.Plain($"Predicted increment, {unit}", $"Estimated increment, {unit}");
        var (ink, groups) = (Ink.OfArm(arm), increment.Groups);
        var (left, right) = (groups.Min(group => group.Predicted), groups.Max(group => group.Predicted));
        var margin = Math.Max(0.08 * (right - left), 1e-6);
        (left, right) = (left - margin, right + margin);
        Line(plot, [left, right], [left, right], Ink.Faint, LinePattern.Dashed);
        foreach (var group in groups)
        {
            Line(plot, [group.Predicted, group.Predicted], [group.Lower, group.Upper], ink, LinePattern.Solid);
            plot.Add.Marker(group.Predicted, group.Estimated, MarkerShape.FilledCircle, PointSize, ink.Color);
        }

        return Draw(
            plot, left, right, Math.Min(left, groups.Min(group => group.Lower)), Math.Max(right, groups.Max(group => group.Upper)), $"groups{arm}",
            $"Estimated by predicted increment of {increment.Action} in {groups.Count} groups.");
    }

    private static void Line(Plot plot, double[] xs, double[] ys, Ink ink, LinePattern pattern)
    {
        var line = plot.Add.ScatterLine(xs, ys);
        (line.LineWidth, line.Color, line.LinePattern) = (LineWidth, ink.Color, pattern);
    }

    private static Markup Draw(Plot plot, double left, double right, double low, double high, string id, string description)
    {
        var margin = Math.Max(0.06 * (high - low), 1e-9);
        plot.Axes.SetLimits(left, right, low - margin, high + margin);
        plot.Layout.Fixed(new PixelPadding(64, 16, 46, 8));
        return SvgFigure.Draw(plot, Width, Height, id, description);
    }
}
