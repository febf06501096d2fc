using System.Text.Json.Serialization;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>How members are valued, and how right that was on customers who were kept back.</summary>
/// <param name="Summary">The same in sentences.</param>
/// <param name="Data">What it learnt from.</param>
/// <param name="Method">The way in use: <c>transactions</c> or <c>network</c>.</param>
/// <param name="Reason">Why: <c>ranksBetter</c>, <c>calibratedBetter</c> or <c>onlyOne</c>.</param>
/// <param name="JudgedHorizonDays">The longest horizon that could be judged.</param>
/// <param name="Competitors">Both ways on the customers kept back.</param>
/// <param name="Horizons">All horizons, those that nobody has lived through yet among them.</param>
/// <param name="Leakage">Whether any feature knew more than the day it stands for.</param>
/// <param name="PurchaseModel">
/// How the fits of BG/NBD and gamma-gamma ended: <c>estimated</c>, <c>noDropOut</c> (nobody is seen to leave for good: NBD), <c>alikeDropOut</c> (customers
/// leave, none more readily than another), <c>amountsTooHeavyTailed</c>, <c>tooFewRepeaters</c> or <c>notConverged</c>.
/// </param>
/// <param name="GiniDifference">Network less transactions, with its 95 % interval.</param>
/// <param name="PastSpendGini">Normalised Gini of ranking by spend so far, the first purchase aside.</param>
/// <param name="Spread">How unevenly the customers kept back brought: why a mean may lie above the P90.</param>
internal sealed record LifetimeCard(
    IReadOnlyList<string> Summary,
    LifetimeCardData Data,
    string Method,
    string Reason,
    int JudgedHorizonDays,
    IReadOnlyList<LifetimeCardCompetitor> Competitors,
    IReadOnlyList<LifetimeCardHorizon> Horizons,
    LifetimeCardLeakage Leakage,
    string PurchaseModel,
    LifetimeCardInterval? GiniDifference = null,
    double? PastSpendGini = null,
    LifetimeCardSpread? Spread = null)
{
    /// <summary>Horizons that customers have scores over, rising: without a model of purchases nothing can be stretched.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> ScoredDays => [.. Horizons.Where(horizon => !horizon.Extrapolated || Competitors.Count > 1).Select(horizon => horizon.Days)];
}

/// <param name="Currency">Of all amounts.</param>
/// <param name="ReferenceTime">The log counts up to here.</param>
/// <param name="FirstSnapshot">The earliest day that a customer was looked at.</param>
/// <param name="LastSnapshot">The latest.</param>
/// <param name="Snapshots">Customers looked at, each on one day drawn at random.</param>
/// <param name="TrainingCustomers">Of these to learn from.</param>
/// <param name="HeldOutCustomers">And to judge by.</param>
/// <param name="Members">All members, those who never bought among them.</param>
/// <param name="HistoryDays">Days of purchases in the log.</param>
/// <param name="FeatureDays">Days before the snapshot that the window features look at.</param>
/// <param name="EventKinds">Types of events behind the window features.</param>
/// <param name="Attributes">Member attributes in use.</param>
/// <param name="NegativeValues">Customers whose returns exceeded their purchases within a horizon; they count as 0.</param>
internal sealed record LifetimeCardData(
    string Currency,
    DateTimeOffset ReferenceTime,
    DateTimeOffset FirstSnapshot,
    DateTimeOffset LastSnapshot,
    int Snapshots,
    int TrainingCustomers,
    int HeldOutCustomers,
    int Members,
    int HistoryDays,
    int FeatureDays,
    IReadOnlyList<string> EventKinds,
    IReadOnlyList<string> Attributes,
    int NegativeValues);

/// <summary>One way over the judged horizon. Gini: 1 is the perfect order of customers, 0 a random one.</summary>
/// <param name="Method"><c>transactions</c> or <c>network</c>.</param>
/// <param name="DecileError">Σ |predicted − actual| / Σ actual over deciles.</param>
/// <param name="MeanPredicted">Per customer.</param>
/// <param name="MeanActual">Per customer.</param>
/// <param name="Deciles">By rising prediction.</param>
/// <param name="NormalizedGini">Missing where amounts do not vary.</param>
/// <param name="Spearman">Rank correlation.</param>
/// <param name="DecileMape">Mean over deciles of |predicted − actual| / actual.</param>
internal sealed record LifetimeCardCompetitor(
    string Method,
    double? DecileError,
    double MeanPredicted,
    double MeanActual,
    IReadOnlyList<LifetimeCardDecile> Deciles,
    double? NormalizedGini = null,
    double? Spearman = null,
    double? DecileMape = null);

internal sealed record LifetimeCardDecile(int Decile, int Customers, double MeanPredicted, double MeanActual);

/// <param name="Days">Its length.</param>
/// <param name="Extrapolated">The log is too short for it: the longest known horizon is stretched by the ratio of the model of purchases.</param>
/// <param name="MatureShare">Share of the snapshots whose horizon has passed.</param>
internal sealed record LifetimeCardHorizon(int Days, bool Extrapolated, double MatureShare);

/// <param name="Status"><c>passes</c>, <c>suspicious</c> or <c>leaks</c>.</param>
/// <param name="TimesChecked">Features whose times were proven to lie before the snapshot.</param>
/// <param name="BehaviourChecked">Attributes without a history, which were judged by their behaviour alone.</param>
/// <param name="LeftOut">Attributes that were left out for it.</param>
internal sealed record LifetimeCardLeakage(string Status, int TimesChecked, int BehaviourChecked, IReadOnlyList<string> LeftOut);

internal sealed record LifetimeCardInterval(double Value, double Lower, double Upper);
