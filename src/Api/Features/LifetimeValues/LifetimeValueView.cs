using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>A lifetime value as the API shows it. Card, times and links are there once it is trained.</summary>
internal sealed record LifetimeValueView(
    string Name,
    string DisplayName,
    string State,
    IReadOnlyList<string> ValueEvents,
    IReadOnlyList<string> ReturnEvents,
    IReadOnlyList<int> HorizonDays,
    double AnnualDiscountRate,
    double MarginRate,
    IReadOnlyList<string> Features,
    double TrainingShare,
    int Seed,
    DateTimeOffset CreateTime,
    DateTimeOffset? TrainTime = null,
    DateTimeOffset? AsOfTime = null,
    LifetimeCard? Card = null,
    PageLinks? Links = null,
    int LatestVersion = 0,
    int? ActiveVersion = null)
{
    public static LifetimeValueView Of(LifetimeValue value, LifetimeValueVersion? version = null, PageLinks? links = null)
    {
        var specification = value.ReadSpecification();
        return new LifetimeValueView(
            value.ResourceName,
            value.Name,
            value.VersionId is null ? "DRAFT" : "TRAINED",
            specification.ValueEvents,
            specification.ReturnEvents,
            specification.HorizonDays,
            specification.AnnualDiscountRate,
            specification.MarginRate,
            specification.Features,
            specification.TrainingShare,
            specification.Seed,
            value.CreatedAt,
            version?.TrainedAt,
            value.ScoredAsOf,
            version?.ReadCard(),
            links,
            value.LatestVersion,
            version?.Number);
    }
}

/// <summary>One version of a lifetime value.</summary>
/// <param name="Name">Such as <c>lifetimeValues/ltv_…/versions/2</c>.</param>
/// <param name="Number">1, 2, … in the order of training.</param>
/// <param name="State"><c>SHADOW</c>, <c>ACTIVE</c> (customers are valued by it) or <c>RETIRED</c>.</param>
/// <param name="TrainTime">When it was trained.</param>
/// <param name="PromoteTime">When it became active for the last time.</param>
/// <param name="Comparison">Against the version that was active when it was trained.</param>
/// <param name="Card">How right it was on customers kept back; not in lists.</param>
/// <param name="Links">Its card as a page.</param>
internal sealed record LifetimeVersionView(
    string Name,
    int Number,
    string State,
    DateTimeOffset TrainTime,
    DateTimeOffset? PromoteTime = null,
    LifetimeComparison? Comparison = null,
    LifetimeCard? Card = null,
    PageLinks? Links = null)
{
    public static LifetimeVersionView Of(LifetimeValue value, LifetimeValueVersion version, PageLinks links) => new(
        $"{value.ResourceName}/versions/{version.Number}",
        version.Number,
        version.State.ToString().ToUpperInvariant(),
        version.TrainedAt,
        version.PromotedAt,
        version.ReadComparison(),
        version.ReadCard(),
        links);
}
