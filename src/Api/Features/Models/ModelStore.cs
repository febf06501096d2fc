using System.Runtime.InteropServices;
using System.Text.Json;
using Noah.Api.Features.Models.Drift;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Keeps what was learnt as a new version. The first becomes active by itself, later ones wait in the shadow: training never changes plans.</summary>
internal sealed class ModelStore(NoahDbContext db, IAuditLog audit, TimeProvider clock)
{
    public async Task<ModelVersion> SaveAsync(
        Model model, ModelCard card, ShadowComparison? comparison, Predictors predictors, TrainingData training, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var isFirst = model.ActiveVersionId is null;
        var version = new ModelVersion
        {
            ModelId = model.Id,
            Number = ++model.LatestVersion,
            State = isFirst ? ModelVersionState.Active : ModelVersionState.Shadow,
            Card = JsonSerializer.SerializeToDocument(card, OperationJson.Options),
            Comparison = comparison is null ? null : JsonSerializer.SerializeToDocument(comparison, OperationJson.Options),
            TrainedAt = now,
            PromotedAt = isFirst ? now : null,
        };
        db.Add(version);
        if (predictors.Response is { } response)
        {
            Add(version, Predictors.ResponseArtifact, response.Save);
        }

        if (predictors.Value is { } value)
        {
            Add(version, Predictors.ValueArtifact(model.ReadSpecification().Value!), value.Save);
        }

        foreach (var (action, learner) in predictors.Uplift)
        {
            Add(version, Predictors.UpliftArtifact(action), learner.Save);
        }

        var profile = ProfileWriter.Write(training.Features, predictors, model.ReadSpecification());
        Add(version, ModelProfile.Artifact, stream => JsonSerializer.Serialize(stream, profile, OperationJson.Options));
        Add(version, TrainedMembers.Artifact, stream => stream.Write(MemoryMarshal.AsBytes<Guid>(training.MemberIds)));
        model.State = ModelState.Trained;
        model.ActiveVersionId ??= version.Id;
        audit.Add("models.train", model.ResourceName(), new { version = version.Number });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return version;
    }

    private void Add(ModelVersion version, string name, Action<Stream> save)
    {
        using var content = new MemoryStream();
        save(content);
        db.Add(new ModelArtifact { VersionId = version.Id, Name = name, Content = content.ToArray() });
    }
}
