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
    PageLinks? Links = null)
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
            links);
    }
}
