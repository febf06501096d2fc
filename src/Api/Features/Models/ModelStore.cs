using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Keeps what was learnt. Networks and card change in one transaction: no reader meets a new card with old networks.</summary>
internal sealed class ModelStore(NoahDbContext db, IAuditLog audit, TimeProvider clock)
{
    public async Task SaveAsync(Model model, ModelCard card, Predictors predictors, TrainingData training, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<ModelArtifact>().Where(artifact => artifact.ModelId == model.Id).ExecuteDeleteAsync(cancellationToken);
        if (predictors.Response is { } response)
        {
            Add(model, Predictors.ResponseArtifact, response.Save);
        }

        if (predictors.Value is { } value)
        {
            Add(model, Predictors.ValueArtifact(model.ReadSpecification().Value!), value.Save);
        }

        Add(model, TrainedMembers.Artifact, stream => stream.Write(MemoryMarshal.AsBytes<Guid>(training.MemberIds)));
        model.Card = JsonSerializer.SerializeToDocument(card, OperationJson.Options);
        model.State = ModelState.Trained;
        model.TrainedAt = clock.GetUtcNow();
        audit.Add("models.train", model.ResourceName());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Add(Model model, string name, Action<Stream> save)
    {
        using var content = new MemoryStream();
        save(content);
        db.Add(new ModelArtifact { ModelId = model.Id, Name = name, Content = content.ToArray() });
    }
}
