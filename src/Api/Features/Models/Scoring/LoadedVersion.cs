using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Scoring;

/// <summary>What is kept in memory of a version.</summary>
/// <param name="Predictors">Its networks and learners.</param>
/// <param name="Reference">Members to explain others against; null for versions that were trained before profiles were kept.</param>
internal sealed record LoadedVersion(Predictors Predictors, FeatureTable? Reference)
{
    public static LoadedVersion Of(VersionArtifacts artifacts, ModelSpecification specification) =>
        new(artifacts.Load(specification), artifacts.ReadProfile() is { } profile ? ReferenceMembers.Draw(profile, specification.Features) : null);
}
