using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;
using ScottPlot;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>Plots of the plan itself.</summary>
internal static class PlanPlots
{
    private const int HoursHeight = 150;
    private const double BarWidth = 0.7;

    public static Markup Campaigns(PlanDocument plan, MoneyText money, string id) => IntervalPlot.Draw(
        [.. plan.Campaigns.Select((c, index) => new IntervalPlot.Row(
            c.DisplayName,
            (double)c.Forecast.IncrementalValue.Expected.Amount,
            (double)c.Forecast.IncrementalValue.Lower.Amount,
            (double)c.Forecast.IncrementalValue.Upper.Amount,
            Ink.OfArm(index + 1)))],
        $"Expected value, {money.Symbol}",
        zeroLine: true,
        id,
        "Expected value of each campaign's sends; the numbers are in the table below.");

    public static Markup Hours(PlanDocument plan, string id)
    {
        var plot = PagePlot.Plain("Hour", null);
        foreach (var (hour, count) in plan.SendHours.Index())
        {
            var bar = plot.Add.Bar(hour, count).Bars.Single();
            (bar.Size, bar.LineWidth, bar.FillColor) = (BarWidth, 0, Ink.OfArm(1).Color);
        }

        double[] hours = [0, 3, 6, 9, 12, 15, 18, 21, 23];
        plot.Axes.Bottom.SetTicks(hours, [.. hours.Select(hour => $"{hour}")]);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimitsX(-0.6, 23.6);
        plot.Axes.SetLimitsY(0, 1.1 * plan.SendHours.Max());
        plot.Layout.Fixed(new PixelPadding(56, 24, 46, 6));
        return SvgFigure.Draw(plot, PagePlot.Width, HoursHeight, id, "Mails planned for each hour of the recipient's day.");
    }
}
