using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Shows the frontier in money.</summary>
internal static class PlanFrontier
{
    public static FrontierView? Of(FrontierOutput? frontier, MoneyText money) => frontier is null ? null : new FrontierView(
        [.. frontier.Points.Select(point => new FrontierPointView(
            point.Share, money.Of(point.Budget), money.Of(point.Value), money.Of(point.DualBound), point.Sends, money.Of(point.Cost),
            money.Of(PlanConstraints.Price(point.Price))))],
        frontier.InfeasibleUpTo is { } infeasible ? money.Of(infeasible) : null);
}
