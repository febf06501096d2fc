using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>What is valued and over how long, as stored.</summary>
/// <param name="ValueEvents">Types of events that bring money.</param>
/// <param name="ReturnEvents">Types of events that take it back.</param>
/// <param name="HorizonDays">Rising.</param>
/// <param name="AnnualDiscountRate">By which money a year away is worth less.</param>
/// <param name="MarginRate">Contribution as a share of the amount of events that name no product.</param>
/// <param name="Features">Member attributes that the network may use.</param>
/// <param name="TrainingShare">Share of the customers to learn from; the rest judges.</param>
/// <param name="Seed">Of every random choice.</param>
internal sealed record LifetimeValueSpecification(
    IReadOnlyList<string> ValueEvents,
    IReadOnlyList<string> ReturnEvents,
    IReadOnlyList<int> HorizonDays,
    double AnnualDiscountRate,
    double MarginRate,
    IReadOnlyList<string> Features,
    double TrainingShare,
    int Seed);

/// <summary>What a version needs beside its network to value members again.</summary>
/// <param name="Method">transactions or network.</param>
/// <param name="KnownHorizonDays">Horizons that could be learnt.</param>
/// <param name="LaterHorizonDays">Horizons that are stretched.</param>
/// <param name="EventKinds">Types of events behind the window features, in their order.</param>
/// <param name="Attributes">Member attributes in use.</param>
/// <param name="Purchases">r, α, a, b of BG/NBD in weeks.</param>
/// <param name="Spend">p, q, v of gamma-gamma.</param>
internal sealed record LifetimeParameters(
    string Method,
    IReadOnlyList<int> KnownHorizonDays,
    IReadOnlyList<int> LaterHorizonDays,
    IReadOnlyList<string> EventKinds,
    IReadOnlyList<string> Attributes,
    double[]? Purchases = null,
    double[]? Spend = null);

internal static class LifetimeReading
{
    public static LifetimeValueSpecification ReadSpecification(this LifetimeValue value) =>
        value.Specification.Deserialize<LifetimeValueSpecification>(OperationJson.Options)!;

    public static LifetimeParameters ReadParameters(this LifetimeValueVersion version) =>
        version.Parameters.Deserialize<LifetimeParameters>(OperationJson.Options)!;

    public static LifetimeComparison? ReadComparison(this LifetimeValueVersion version) =>
        version.Comparison?.Deserialize<LifetimeComparison>(OperationJson.Options);

    public static LifetimeCard ReadCard(this LifetimeValueVersion version) => version.Card.Deserialize<LifetimeCard>(OperationJson.Options)!;
}
