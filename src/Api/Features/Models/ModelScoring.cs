using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>Loads a model for each call: nothing outlives the scope of its tenant.</summary>
internal sealed class ModelScoring(NoahDbContext db, IExperiments experiments) : IModelScores
{
    public async Task<ModelScores> ScoreAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken)
    {
        var (model, specification, card) = await TrainedAsync(modelId, cancellationToken);
        var artifacts = await ArtifactsAsync(modelId, cancellationToken);
        var terms = await experiments.FindAsync(model.ExperimentId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"The experiment of {model.ResourceName()} does not exist any more.");
        var features = ModelFeatures.Build(members, specification.Features);
        var actions = card.Data.Actions;
        var spend = Spend(artifacts, specification, features, actions.Count);
        return new ModelScores(
            modelId,
            model.ExperimentId,
            actions,
            Responses(artifacts, specification, features, actions.Count),
            spend,
            terms.EndedAt - terms.StartedAt,
            [.. actions.Select((action, index) => Increment(card, action, index, spend, members.Count))],
            TrainedMembers.Flags(artifacts[TrainedMembers.Artifact], members.MemberIds));
    }

    public async Task<MemberEmbedding> EmbedAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken)
    {
        var (_, specification, _) = await TrainedAsync(modelId, cancellationToken);
        var artifacts = await ArtifactsAsync(modelId, cancellationToken);
        if (!artifacts.TryGetValue(Predictors.ResponseArtifact, out var content))
        {
            throw new ProblemException(ProblemType.NotReady, "The model has no response network, so it can't tell which members are alike.");
        }

        var network = ResponseModel.Load(new MemoryStream(content));
        var values = network.Embed(ModelFeatures.Build(members, specification.Features));
        UnitRows.Normalise(values, network.EmbeddingWidth);
        return new MemberEmbedding(values, network.EmbeddingWidth);
    }

    private static Dictionary<string, float[][]> Responses(
        Dictionary<string, byte[]> artifacts, ModelSpecification specification, FeatureTable features, int actions)
    {
        if (!artifacts.TryGetValue(Predictors.ResponseArtifact, out var content))
        {
            return [];
        }

        var network = ResponseModel.Load(new MemoryStream(content));
        return specification.Responses.Index().ToDictionary(
            outcome => outcome.Item,
            outcome => Enumerable.Range(0, actions).Select(action => network.Predict(features, action, outcome.Index)).ToArray(),
            StringComparer.Ordinal);
    }

    private static double[][] Spend(Dictionary<string, byte[]> artifacts, ModelSpecification specification, FeatureTable features, int actions)
    {
        if (specification.Value is not { } metric)
        {
            return [.. Enumerable.Range(0, actions).Select(_ => new double[features.Rows])];
        }

        var network = ValueModel.Load(new MemoryStream(artifacts[Predictors.ValueArtifact(metric)]));
        return [.. Enumerable.Range(0, actions).Select(action => network.Predict(features, action).Select(prediction => prediction.Mean).ToArray())];
    }

    private static ActionIncrement Increment(ModelCard card, string action, int index, double[][] spend, int members)
    {
        var found = card.Increments.FirstOrDefault(increment => increment.Action == action);
        if (index == 0 || found is null)
        {
            return new ActionIncrement(action, IncrementEvidence.None, 0, 0, 0, index == 0 ? [] : new double[members]);
        }

        var perMember = new double[members];
        for (var row = 0; row < members; row++)
        {
            perMember[row] = IncrementEvidence.Calibrate(found, spend[index][row] - spend[0][row]);
        }

        return new ActionIncrement(action, found.Evidence, found.AverageEffect, found.AverageLower, found.AverageUpper, perMember);
    }

    private async Task<(Model Model, ModelSpecification Specification, ModelCard Card)> TrainedAsync(Guid modelId, CancellationToken cancellationToken)
    {
        var model = await db.Set<Model>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == modelId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"models/{PublicId.Format(Model.Prefix, modelId)} does not exist.");
        return model.ReadCard() is { } card
            ? (model, model.ReadSpecification(), card)
            : throw new ProblemException(ProblemType.NotReady, $"{model.ResourceName()} is not trained yet.");
    }

    private Task<Dictionary<string, byte[]>> ArtifactsAsync(Guid modelId, CancellationToken cancellationToken) =>
        db.Set<ModelArtifact>().AsNoTracking().Where(artifact => artifact.ModelId == modelId)
            .ToDictionaryAsync(artifact => artifact.Name, artifact => artifact.Content, cancellationToken);
}
