using System.Text.Json;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>A plan as a marketer reads it.</summary>
/// <param name="Summary">The plan in sentences.</param>
/// <param name="Warnings">What to know before relying on it.</param>
/// <param name="Waterfall">From the audiences down to those chosen.</param>
/// <param name="Totals">Forecast over all campaigns.</param>
/// <param name="Campaigns">Forecast by campaign.</param>
/// <param name="Lines">Forecast by business line.</param>
/// <param name="Comparisons">What other ways of sending would come to.</param>
/// <param name="Constraints">Each rule, its use and its price.</param>
/// <param name="Certificate">How far the plan can be from the best one.</param>
/// <param name="Exploration">What is drawn at random and what that costs.</param>
/// <param name="SendHours">Sends by hour of the recipient's day, 24 counts.</param>
/// <param name="Variants">Wordings and how often each is drawn.</param>
/// <param name="Proposals">Experiments that would find the effects nobody knows yet.</param>
/// <param name="Assumptions">What the forecast rests on.</param>
/// <param name="Digests">SHA-256 of each stage's output: the same inputs and seed give the same.</param>
/// <param name="Frontier">What other budgets would come to; missing in plans made before it was computed.</param>
/// <param name="Correction">The forecast corrected for having picked the highest predictions; missing where no held-out members were kept.</param>
/// <param name="ModelVersion">Version of the model that it was made with.</param>
internal sealed record PlanDocument(
    IReadOnlyList<string> Summary,
    IReadOnlyList<string> Warnings,
    WaterfallView Waterfall,
    Forecast Totals,
    IReadOnlyList<CampaignForecast> Campaigns,
    IReadOnlyList<LineForecast> Lines,
    IReadOnlyList<Comparison> Comparisons,
    IReadOnlyList<ConstraintView> Constraints,
    CertificateView Certificate,
    ExplorationView Exploration,
    IReadOnlyList<int> SendHours,
    IReadOnlyList<VariantView> Variants,
    IReadOnlyList<ExperimentProposal> Proposals,
    AssumptionsView Assumptions,
    IReadOnlyDictionary<string, string> Digests,
    FrontierView? Frontier = null,
    CorrectionView? Correction = null,
    int ModelVersion = 1)
{
    // What is null was not written, so that nothing is required of what is read back.
    private static readonly JsonSerializerOptions Stored = new(OperationJson.Options) { RespectRequiredConstructorParameters = false };

    /// <summary>The plan of a run; null before it is solved.</summary>
    public static PlanDocument? Of(PlanningRun run) => run.Plan?.Deserialize<PlanDocument>(Stored);
}

/// <summary>An amount with its 95 % interval.</summary>
internal sealed record Estimate(Money Expected, Money Lower, Money Upper);

/// <summary>The whole plan's value after correction for the winner's curse. All other values are as predicted.</summary>
/// <param name="Status"><c>corrected</c>; <c>tooImprecise</c>: the factor is known worse than to a quarter, and the prediction stands; <c>tooFewMembers</c> or
/// <c>nothingPredicted</c>: there is no factor.</param>
/// <param name="Members">Held-out members whom the plan picks: they judge.</param>
/// <param name="Factor">What those contributed in the experiment, before cost, as a multiple of what was predicted.</param>
/// <param name="StandardError">Of the factor.</param>
/// <param name="IncrementalValue">Corrected, with a 95 % interval that covers what the held-out members can't tell.</param>
internal sealed record CorrectionView(string Status, int Members, double? Factor, double? StandardError, Estimate? IncrementalValue);

/// <summary>What some of the plan's sends are expected to do, against sending nothing.</summary>
internal sealed record Forecast(int Sends, Money Cost, IReadOnlyList<OutcomeForecastView> Outcomes, Estimate IncrementalValue);

/// <summary>Recipients expected to show an outcome, and how many of them because of the mail.</summary>
internal sealed record OutcomeForecastView(string Outcome, double Expected, double Incremental);

internal sealed record CampaignForecast(
    string Campaign, string DisplayName, string Line, string Action, EvidenceView Evidence, Forecast Forecast, string Channel = ConsentChannels.Email);

/// <summary>Evidence of the campaign's effect on spend: <c>none</c>, <c>average</c> or <c>individual</c>, with the average per member.</summary>
internal sealed record EvidenceView(string Level, Estimate AverageEffect);

internal sealed record LineForecast(string Line, Forecast Forecast);

internal sealed record WaterfallView(IReadOnlyList<WaterfallStep> Steps, IReadOnlyList<CampaignWaterfall> Campaigns);

internal sealed record CampaignWaterfall(string Campaign, IReadOnlyList<WaterfallStep> Steps);

/// <summary>Members left after a step, those it removed, and why. The steps add up.</summary>
internal sealed record WaterfallStep(string Step, int Left, int Removed, IReadOnlyDictionary<string, int>? Reasons = null);

/// <summary>Another way of sending, and what the plan adds to it.</summary>
internal sealed record Comparison(string Policy, string Description, double Sends, Money Cost, Money IncrementalValue, Money PlanAdds, bool KeepsBudget);

/// <summary>A rule: use, bounds, room to the maximum or minimum that its price speaks of, whether it binds, and what moving its bound by one unit is worth.</summary>
internal sealed record ConstraintView(
    string Rule,
    string Unit,
    double? Minimum,
    double? Maximum,
    double Use,
    bool Binding,
    Money Price,
    string Sentence,
    double? Slack = null,
    PriceBand? Band = null);

/// <summary>A rule's price with its bound a tenth lower and a tenth higher. A price is missing where no plan keeps that bound.</summary>
internal sealed record PriceBand(double BoundBelow, Money? PriceBelow, double BoundAbove, Money? PriceAbove);

/// <summary>Plans for other budgets, all else equal. No plan exists for budgets up to <paramref name="InfeasibleUpTo"/>.</summary>
internal sealed record FrontierView(IReadOnlyList<FrontierPointView> Points, Money? InfeasibleUpTo = null);

/// <summary>One budget: its share of the run's, the plan's value and the bound of any plan's, sends, cost, and what one more unit of money is worth there.</summary>
internal sealed record FrontierPointView(double Share, Money Budget, Money Value, Money DualBound, int Sends, Money Cost, Money Price);

/// <summary>Value of the plan's decisions, the bound that no plan within the rules can pass, and their relative gap.</summary>
internal sealed record CertificateView(Money Objective, Money DualBound, double RelativeGap, string Solver, int Blocks, int UnitsFixedInRounding)
{
    public static CertificateView Of(SolveFigures solve, MoneyText money) =>
        new(money.Of(solve.Objective), money.Of(solve.DualBound), solve.Gap, solve.Solver, solve.Blocks, solve.Fractional);
}

internal sealed record ExplorationView(double Share, int Members, int Sends, Money Cost, Money ForgoneValueAtMost);

internal sealed record VariantView(
    string Variant, string Campaign, string DisplayName, int Trials, int Clicks, double BestProbability, double Propensity, int Sends);

/// <summary>A randomised send that would find an effect, at 5 % error and 80 % power.</summary>
/// <param name="Campaign">Which campaign.</param>
/// <param name="MembersPerArm">Members who get it, and as many who do not.</param>
/// <param name="ShareOfEligible">Both arms as a share of those eligible.</param>
/// <param name="Cost">Of the sends.</param>
/// <param name="SmallestEffect">The increment of spend per member that it would find.</param>
/// <param name="Sentence">The proposal in words.</param>
internal sealed record ExperimentProposal(
    string Campaign, int MembersPerArm, double ShareOfEligible, Money Cost, Money SmallestEffect, string Sentence);

internal sealed record AssumptionsView(
    string Horizon, double UnsubscribeRate, Money UnsubscribeLoss, bool UnsubscribeLossAssumed, string IntervalCovers);
