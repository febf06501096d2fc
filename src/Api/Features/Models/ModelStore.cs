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
    public async Task<ModelVersion> SaveAsync(Model model, LearntVersion learnt, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var isFirst = model.ActiveVersionId is null;
        var version = new ModelVersion
        {
            ModelId = model.Id,
            Number = ++model.LatestVersion,
            State = isFirst ? ModelVersionState.Active : ModelVersionState.Shadow,
            Card = JsonSerializer.SerializeToDocument(learnt.Card, OperationJson.Options),
            Comparison = learnt.Comparison is null ? null : JsonSerializer.SerializeToDocument(learnt.Comparison, OperationJson.Options),
            TrainedAt = now,
            PromotedAt = isFirst ? now : null,
        };
        db.Add(version);
        if (learnt.Predictors.Response is { } response)
        {
            Add(version, Predictors.ResponseArtifact, response.Save);
        }

        if (learnt.Predictors.Value is { } value)
        {
            Add(version, Predictors.ValueArtifact(model.ReadSpecification().Value!), value.Save);
        }

        foreach (var (action, learner) in learnt.Predictors.Uplift)
        {
            Add(version, Predictors.UpliftArtifact(action), learner.Save);
        }

        Add(version, ModelProfile.Artifact, stream => JsonSerializer.Serialize(stream, learnt.Profile, OperationJson.Options));
        Add(version, TrainedMembers.Artifact, stream => stream.Write(MemoryMarshal.AsBytes<Guid>(learnt.TrainedMembers.ToArray())));
        model.State = ModelState.Trained;
        model.ActiveVersionId ??= version.Id;
        audit.Add(learnt.Action, model.ResourceName(), new { version = version.Number });
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

/// <summary>What a training or a refresh has learnt.</summary>
/// <param name="Action">For the audit log.</param>
/// <param name="Card">Written on held-out members.</param>
/// <param name="Comparison">Against the version in use; null for the first.</param>
/// <param name="Predictors">What members are scored with.</param>
/// <param name="Profile">What its members looked like.</param>
/// <param name="TrainedMembers">All members it has learnt from.</param>
internal sealed record LearntVersion(
    string Action, ModelCard Card, ShadowComparison? Comparison, Predictors Predictors, ModelProfile Profile, IReadOnlyList<Guid> TrainedMembers);
