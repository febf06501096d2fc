using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Loads a model for each call: nothing outlives the scope of its tenant.</summary>
internal sealed class ModelScoring(NoahDbContext db, IExperiments experiments) : IModelScores
{
    public async Task<ModelScores> ScoreAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken, int? version = null)
    {
        var (model, used) = await VersionAsync(modelId, version, cancellationToken);
        var (specification, card) = (model.ReadSpecification(), used.ReadCard());
        var artifacts = await VersionArtifacts.ReadAsync(db, used.Id, cancellationToken);
        var predictors = artifacts.Load(specification);
        var terms = await experiments.FindAsync(model.ExperimentId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"The experiment of {model.ResourceName()} does not exist any more.");
        var features = ModelFeatures.Build(members, specification.Features);
        var actions = card.Data.Actions;
        var scores = MemberScores.Of(predictors, specification, card, features);
        return new ModelScores(
            modelId,
            used.Number,
            model.ExperimentId,
            actions,
            scores.Responses,
            predictors.Value is null
                ? [.. actions.Select(_ => new double[features.Rows])]
                : Array.ConvertAll(scores.Values, ofAction => Array.ConvertAll(ofAction, prediction => prediction.Mean)),
            terms.EndedAt - terms.StartedAt,
            scores.Increments,
            TrainedMembers.Flags(artifacts[TrainedMembers.Artifact], members.MemberIds));
    }

    public async Task<MemberEmbedding> EmbedAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken)
    {
        var (model, version) = await VersionAsync(modelId, null, cancellationToken);
        var specification = model.ReadSpecification();
        if ((await VersionArtifacts.ReadAsync(db, version.Id, cancellationToken)).Load(specification).Response is not { } network)
        {
            throw new ProblemException(ProblemType.NotReady, "The model has no response network, so it can't tell which members are alike.");
        }

        var values = network.Embed(ModelFeatures.Build(members, specification.Features));
        UnitRows.Normalise(values, network.EmbeddingWidth);
        return new MemberEmbedding(values, network.EmbeddingWidth);
    }

    private async Task<(Model Model, ModelVersion Version)> VersionAsync(Guid modelId, int? number, CancellationToken cancellationToken)
    {
        var model = await db.Set<Model>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == modelId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"models/{PublicId.Format(Model.Prefix, modelId)} does not exist.");
        return await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(
                v => v.ModelId == modelId && (number == null ? v.Id == model.ActiveVersionId : v.Number == number), cancellationToken) is { } version
            ? (model, version)
            : throw new ProblemException(ProblemType.NotReady, $"{model.ResourceName()} is not trained yet.");
    }
}
