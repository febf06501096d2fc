using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning.Comparing;

/// <summary>Plans side by side, and what each does differently from the first.</summary>
/// <param name="Summary">The comparison in sentences.</param>
/// <param name="Warnings">Where the forecasts do not compare.</param>
/// <param name="Plans">In the order asked.</param>
/// <param name="Differences">Of each plan but the first.</param>
internal sealed record ComparisonDocument(
    IReadOnlyList<string> Summary, IReadOnlyList<string> Warnings, IReadOnlyList<ComparedPlan> Plans, IReadOnlyList<PlanDifference> Differences);

/// <summary>One plan: its own forecast in total, by line and by campaign, the prices of its rules, and how near it is to the best.</summary>
internal sealed record ComparedPlan(
    string Name,
    string DisplayName,
    Money Budget,
    Forecast Totals,
    IReadOnlyList<LineForecast> Lines,
    IReadOnlyList<ComparedCampaign> Campaigns,
    IReadOnlyList<ComparedRule> Rules,
    double RelativeGap);

internal sealed record ComparedCampaign(string Campaign, string DisplayName, string Line, int Sends, Money Cost, Estimate IncrementalValue);

internal sealed record ComparedRule(string Rule, double Use, double? Minimum, double? Maximum, bool Binding, Money Price);

/// <summary>What a plan does differently from the first.</summary>
/// <param name="Plan">Which plan.</param>
/// <param name="Value">Its expected value less the first's, each by its own forecast.</param>
/// <param name="Sends">Its sends less the first's.</param>
/// <param name="Cost">Its cost less the first's.</param>
/// <param name="Members">Whose decisions differ.</param>
/// <param name="ByFirstForecast">Both plans' decisions as the first plan's forecast values them.</param>
/// <param name="ByOwnForecast">Both plans' decisions as this plan's forecast values them.</param>
internal sealed record PlanDifference(
    string Plan, Money Value, int Sends, Money Cost, DecisionChanges Members, CrossForecast ByFirstForecast, CrossForecast ByOwnForecast);

/// <summary>Members of either plan, and how many change decision: those with a new send, without theirs, and with another campaign.</summary>
internal sealed record DecisionChanges(int Members, int Changed, int Added, int Dropped, int Switched);

/// <summary>The difference in expected value that the decisions alone make, under one forecast; decisions that it has no figure for are left out and counted.</summary>
internal sealed record CrossForecast(Money First, Money Other, Money Difference, int WithoutFigure);
