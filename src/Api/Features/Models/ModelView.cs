using Noah.Api.Features.Models.Drift;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>
/// A model as the API shows it. Active version, its card and the latest drift check are there once it is trained and checked; how often it is
/// refreshed by itself, where that is asked for.
/// </summary>
internal sealed record ModelView(
    string Name,
    string DisplayName,
    string State,
    string Experiment,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> Responses,
    string? Value,
    double TrainingShare,
    int Seed,
    DateTimeOffset CreateTime,
    int LatestVersion = 0,
    int? ActiveVersion = null,
    DateTimeOffset? TrainTime = null,
    ModelCard? Card = null,
    PageLinks? Links = null,
    CheckDrift.View? Drift = null,
    int? RefreshEveryDays = null,
    DateTimeOffset? RefreshTriedTime = null)
{
    public static ModelView Of(Model model, ModelVersion? active = null, PageLinks? links = null, CheckDrift.View? drift = null)
    {
        var specification = model.ReadSpecification();
        return new ModelView(
            model.ResourceName(),
            model.Name,
            model.State.ToString().ToUpperInvariant(),
            $"experiments/{PublicId.Format("exp", model.ExperimentId)}",
            specification.Features,
            specification.Responses,
            specification.Value,
            specification.TrainingShare,
            specification.Seed,
            model.CreatedAt,
            model.LatestVersion,
            active?.Number,
            active?.TrainedAt,
            active?.ReadCard(),
            links,
            drift,
            model.RefreshEveryDays,
            model.RefreshTriedAt);
    }
}

/// <summary>One version of a model.</summary>
/// <param name="Name">Such as <c>models/mdl_…/versions/2</c>.</param>
/// <param name="Number">1, 2, … in the order of training.</param>
/// <param name="State"><c>SHADOW</c>, <c>ACTIVE</c> or <c>RETIRED</c>.</param>
/// <param name="TrainTime">When it was trained.</param>
/// <param name="PromoteTime">When it became active for the last time.</param>
/// <param name="Comparison">Against the version that was active when it was trained.</param>
/// <param name="Card">Held-out quality and evidence; not in lists.</param>
/// <param name="Links">Its card as a page.</param>
/// <param name="RefreshedFrom">Number of the version it went on from; absent where it was trained anew.</param>
internal sealed record ModelVersionView(
    string Name,
    int Number,
    string State,
    DateTimeOffset TrainTime,
    DateTimeOffset? PromoteTime = null,
    ShadowComparison? Comparison = null,
    ModelCard? Card = null,
    PageLinks? Links = null,
    int? RefreshedFrom = null)
{
    public static ModelVersionView Of(Model model, ModelVersion version, PageLinks links) => new(
        $"{model.ResourceName()}/versions/{version.Number}",
        version.Number,
        version.State.ToString().ToUpperInvariant(),
        version.TrainedAt,
        version.PromotedAt,
        version.ReadComparison(),
        version.ReadCard(),
        links,
        version.ReadCard().Refresh?.From);
}

internal static class ModelNames
{
    public static string ResourceName(this Model model) => $"models/{PublicId.Format(Model.Prefix, model.Id)}";
}
