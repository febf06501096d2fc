namespace Noah.Api.Features.Planning.Stages;

/// <summary>What the run would come to under other bounds, all else equal, exploration included.</summary>
/// <param name="Points">By budget, ascending; the plan itself is the one at share 1. Budgets that no plan keeps to are left out.</param>
/// <param name="InfeasibleUpTo">Greatest budget tried that no plan keeps to; null when there was none.</param>
/// <param name="Bands">What each rule's price would be at other bounds.</param>
internal sealed record FrontierOutput(FrontierPoint[] Points, decimal? InfeasibleUpTo, RuleBand[] Bands);

/// <summary>The best plan for a share of the run's budget: value, certified bound of any plan's value, sends, cost, and what one more unit of money is worth there.</summary>
internal sealed record FrontierPoint(double Share, decimal Budget, double Value, double DualBound, int Sends, double Cost, double Price);

/// <summary>A rule's price with its bound a tenth lower and a tenth higher; null where that bound allows no plan.</summary>
internal sealed record RuleBand(string Rule, double BoundBelow, double? PriceBelow, double BoundAbove, double? PriceAbove);
