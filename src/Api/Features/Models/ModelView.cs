using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>A model as the API shows it; the card is there once it is trained.</summary>
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
    DateTimeOffset? TrainTime,
    ModelCard? Card)
{
    public static ModelView Of(Model model)
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
            model.TrainedAt,
            model.ReadCard());
    }
}

internal static class ModelNames
{
    public static string ResourceName(this Model model) => $"models/{PublicId.Format(Model.Prefix, model.Id)}";
}
