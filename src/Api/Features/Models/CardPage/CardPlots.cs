using Noah.Api.Platform.Pages;
using ScottPlot;

namespace Noah.Api.Features.Models.CardPage;

/// <summary>Plots of one card; the numbers are in the tables beside them.</summary>
internal static class CardPlots
{
    private const int Width = 380;
    private const int Height = 270;
    private const double TwoSided95 = 1.959964;
    private const float LineWidth = 2;
    private const float PointSize = 8;
    private const double BarWidth = 0.38;

    /// <summary>Predicted against observed rates of ten groups, with 95 % intervals: on the diagonal the probabilities are right.</summary>
    public static Markup Calibration(CardResponse response, string id)
    {
        var plot = PagePlot.Plain("Predicted, %", "Observed, %");
        var bins = response.HeldOut.CalibrationBins;
        var top = Math.Min(100, 105 * bins.Max(bin => Math.Max(bin.MeanPredicted, Wilson(bin).Upper)));
        AddLine(plot, [0, top], [0, top], Ink.Faint, LinePattern.Dashed);
        foreach (var bin in bins)
        {
            var (lower, upper) = Wilson(bin);
            AddLine(plot, [100 * bin.MeanPredicted, 100 * bin.MeanPredicted], [100 * lower, 100 * upper], Ink.OfArm(1));
            plot.Add.Marker(100 * bin.MeanPredicted, 100 * bin.ObservedRate, MarkerShape.FilledCircle, PointSize, Ink.OfArm(1).Color);
        }

        plot.Axes.SetLimits(0, top, 0, top);
        return Draw(plot, id, $"Calibration of {response.Outcome}: observed rate by predicted probability in {bins.Count} groups.");
    }

    /// <summary>How much of all outcomes the best members hold: the diagonal is a choice at random.</summary>
    public static Markup Gain(CardResponse response, IReadOnlyList<CardGain> gains, string id)
    {
        var plot = PagePlot.Plain("Members, highest predictions first, %", "Outcomes among them, %");
        AddLine(plot, [0, 100], [0, 100], Ink.Faint, LinePattern.Dashed);
        AddLine(plot, [0, .. gains.Select(gain => 100 * gain.Members)], [0, .. gains.Select(gain => 100 * gain.Outcomes)], Ink.OfArm(3));
        plot.Axes.SetLimits(0, 100, 0, 100);
        return Draw(plot, id, $"Gain of {response.Outcome}: share of outcomes by share of members.");
    }

    /// <summary>Lift: how many times the average rate the first members have.</summary>
    public static Markup Lift(CardResponse response, IReadOnlyList<CardGain> gains, string id)
    {
        var plot = PagePlot.Plain("Members, highest predictions first, %", "Times the average rate");
        AddLine(plot, [0, 100], [1, 1], Ink.Faint, LinePattern.Dashed);
        AddLine(plot, [.. gains.Select(gain => 100 * gain.Members)], [.. gains.Select(gain => gain.Outcomes / gain.Members)], Ink.OfArm(2));
        plot.Axes.SetLimits(0, 100, 0, 1.1 * gains.Max(gain => Math.Max(1, gain.Outcomes / gain.Members)));
        return Draw(plot, id, $"Lift of {response.Outcome}: rate among the first members over the average rate.");
    }

    /// <summary>Mean amounts, predicted and observed, of the members in tenths by prediction.</summary>
    public static Markup Deciles(CardValue value, string id)
    {
        var plot = PagePlot.Plain("Tenth of the members by predicted amount", $"{value.Unit} per member");
        foreach (var decile in value.Deciles)
        {
            AddBar(plot, decile.Decile - (BarWidth / 2), decile.MeanPredicted, Ink.OfArm(1));
            AddBar(plot, decile.Decile + (BarWidth / 2), decile.MeanActual, Ink.OfArm(2));
        }

        double[] positions = [.. value.Deciles.Select(decile => (double)decile.Decile)];
        plot.Axes.Bottom.SetTicks(positions, [.. value.Deciles.Select(decile => $"{decile.Decile}")]);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(0.4, value.Deciles.Count + 0.6, 0, 1.1 * value.Deciles.Max(decile => Math.Max(decile.MeanPredicted, decile.MeanActual)));
        return Draw(plot, id, $"{value.Metric}: predicted and observed mean by tenth.");
    }

    /// <summary>What each action adds, with its 95 % interval.</summary>
    public static Markup Increments(IReadOnlyList<CardIncrement> increments, string unit, string id) => IntervalPlot.Draw(
        [.. increments.Select((increment, index) => new IntervalPlot.Row(
            increment.Action, increment.AverageEffect, increment.AverageLower, increment.AverageUpper, Ink.OfArm(index + 1)))],
        $"Added per member, {unit}",
        zeroLine: true,
        id,
        "Average increment of each action with its 95 % interval.");

    // Wilson 1927: sound also where hardly anybody has the outcome.
    private static (double Lower, double Upper) Wilson(CardBin bin)
    {
        var (n, p, z) = ((double)bin.Members, bin.ObservedRate, TwoSided95);
        var (centre, half) = (p + (z * z / (2 * n)), z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))));
        return (Math.Max(0, (centre - half) / (1 + (z * z / n))), Math.Min(1, (centre + half) / (1 + (z * z / n))));
    }

    private static void AddLine(Plot plot, double[] xs, double[] ys, Ink ink, LinePattern? pattern = null)
    {
        var line = plot.Add.ScatterLine(xs, ys);
        (line.LineWidth, line.Color, line.LinePattern) = (LineWidth, ink.Color, pattern ?? LinePattern.Solid);
    }

    private static void AddBar(Plot plot, double position, double height, Ink ink)
    {
        var bar = plot.Add.Bar(position, height).Bars.Single();
        (bar.Size, bar.LineWidth, bar.FillColor) = (BarWidth, 0, ink.Color);
    }

    private static Markup Draw(Plot plot, string id, string description)
    {
        plot.Layout.Fixed(new PixelPadding(58, 14, 46, 8));
        return SvgFigure.Draw(plot, Width, Height, id, description);
    }
}
