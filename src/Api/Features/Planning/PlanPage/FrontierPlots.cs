using System.Globalization;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Pages;
using ScottPlot;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>The plots of the frontier.</summary>
internal static class FrontierPlots
{
    private const int Height = 300;
    private const double Margin = 0.05;

    /// <summary>Half the length of the tangent, as a share of the budget.</summary>
    private const double Tangent = 0.5;

    /// <summary>Policies that send more than this many times what the largest budget buys would squeeze the curve into a corner.</summary>
    private const double Widest = 1.6;

    private static readonly Ink Curve = Ink.OfArm(1);
    private static readonly Ink Plan = Ink.OfArm(2);

    public static Ink InkOf(int policy) => policy == 0 ? Ink.Control : Ink.OfArm(policy + 2);

    /// <summary>The simple policies that fit beside the curve.</summary>
    public static IReadOnlyList<Comparison> Policies(PlanDocument plan, FrontierView frontier) =>
        [.. plan.Comparisons.Where(c => c.Policy != PlanComparisons.Previous && c.Sends <= Widest * frontier.Points.Max(point => point.Sends))];

    public static Markup Value(FrontierView frontier, MoneyText money, string id)
    {
        var plot = New($"Budget, {money.Symbol}", $"Expected value, {money.Symbol}");
        var present = frontier.Points.First(point => point.Share == 1);
        var (x, y, slope) = (Amount(present.Budget), Amount(present.Value), Amount(present.Price));
        Line(plot, [.. frontier.Points.Select(p => Amount(p.Budget))], [.. frontier.Points.Select(p => Amount(p.Value))]);
        var tangent = plot.Add.Line(x * (1 - Tangent), y - (slope * x * Tangent), x * (1 + Tangent), y + (slope * x * Tangent));
        (tangent.LineColor, tangent.LineWidth) = (Plan.Color, 1.5f);
        plot.Add.Marker(x, y, MarkerShape.FilledCircle, 12, Plan.Color);
        Limits(plot, frontier.Points.Select(p => Amount(p.Budget)), frontier.Points.Select(p => Amount(p.Value)));
        return SvgFigure.Draw(plot, PagePlot.Width, Height, id, "Expected value of the best plan for each budget; the numbers are in the table below.");
    }

    public static Markup Price(FrontierView frontier, MoneyText money, string id)
    {
        var plot = New($"Budget, {money.Symbol}", $"Worth of one more {money.Unit}, {money.Symbol}");
        var present = frontier.Points.First(point => point.Share == 1);
        Line(plot, [.. frontier.Points.Select(p => Amount(p.Budget))], [.. frontier.Points.Select(p => Amount(p.Price))]);
        plot.Add.Marker(Amount(present.Budget), Amount(present.Price), MarkerShape.FilledCircle, 12, Plan.Color);
        Limits(plot, frontier.Points.Select(p => Amount(p.Budget)), frontier.Points.Select(p => Amount(p.Price)));
        return SvgFigure.Draw(plot, PagePlot.Width, Height, id, "What one more unit of budget is worth at each budget; the numbers are in the table below.");
    }

    public static Markup Volume(PlanDocument plan, FrontierView frontier, MoneyText money, string id)
    {
        var plot = New("Sends", $"Expected value, {money.Symbol}");
        var (present, policies) = (frontier.Points.First(point => point.Share == 1), Policies(plan, frontier));
        Line(plot, [.. frontier.Points.Select(p => (double)p.Sends)], [.. frontier.Points.Select(p => Amount(p.Value))]);
        foreach (var (index, policy) in policies.Index())
        {
            plot.Add.Marker(policy.Sends, Amount(policy.IncrementalValue), MarkerShape.FilledDiamond, 13, InkOf(index).Color);
        }

        plot.Add.Marker(present.Sends, Amount(present.Value), MarkerShape.FilledCircle, 12, Plan.Color);
        Limits(
            plot, frontier.Points.Select(p => (double)p.Sends).Concat(policies.Select(p => p.Sends)),
            frontier.Points.Select(p => Amount(p.Value)).Concat(policies.Select(p => Amount(p.IncrementalValue))));
        return SvgFigure.Draw(plot, PagePlot.Width, Height, id, "Expected value of best plans and of simple policies by number of sends; the numbers are in the tables below.");
    }

    private static double Amount(Platform.Http.Money money) => (double)money.Amount;

    private static Plot New(string bottom, string left)
    {
        var plot = PagePlot.Plain(bottom, left);
        plot.Axes.Bottom.TickGenerator = Ticks();
        plot.Axes.Left.TickGenerator = Ticks();
        plot.Layout.Fixed(new PixelPadding(78, 24, 50, 10));
        return plot;
    }

    private static ScottPlot.TickGenerators.NumericAutomatic Ticks() => new() { LabelFormatter = value => value.ToString("#,0.##", CultureInfo.InvariantCulture).Replace('-', '−') };

    private static void Line(Plot plot, double[] xs, double[] ys)
    {
        var line = plot.Add.Scatter(xs, ys, Curve.Color);
        (line.LineWidth, line.MarkerSize, line.MarkerShape) = (2, 6, MarkerShape.FilledCircle);
    }

    // Zero is in every picture: a curve that starts elsewhere looks steeper than it is.
    private static void Limits(Plot plot, IEnumerable<double> xs, IEnumerable<double> ys)
    {
        var (right, low, high) = (xs.Max(), Math.Min(0, ys.Min()), Math.Max(0, ys.Max()));
        plot.Axes.SetLimitsX(0, right * (1 + Margin));
        plot.Axes.SetLimitsY(low - (low < 0 ? Margin * (high - low) : 0), high + (2 * Margin * Math.Max(high - low, 1e-9)));
    }
}
