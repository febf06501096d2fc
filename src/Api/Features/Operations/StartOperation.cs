using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Messaging;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Operations;

internal sealed class StartOperation(NoahDbContext db, Outbox outbox, IHttpContextAccessor http) : IOperations
{
    public async Task<Results<Accepted<OperationView>, ProblemHttpResult>> StartAsync(
        string kind, string target, object request, CancellationToken cancellationToken)
    {
        var running = await db.Set<Operation>().AsNoTracking().Where(o => o.Target == target
            && (o.State == OperationState.Queued || o.State == OperationState.Running || o.State == OperationState.Cancelling))
            .Select(o => (Guid?)o.Id).FirstOrDefaultAsync(cancellationToken);
        if (running is { } present)
        {
            return Problems.Result(ProblemType.OperationInProgress, $"operations/{PublicId.Format(Operation.Prefix, present)} is working on {target}.");
        }

        // Leases and waiting times are real time, whatever the host's clock shows.
        var now = TimeProvider.System.GetUtcNow();
        var operation = new Operation
        {
            Kind = kind,
            Target = target,
            State = OperationState.Queued,
            Request = JsonSerializer.SerializeToDocument(request, OperationJson.Options),
            CreatedAt = now,
        };
        db.Add(operation);
        outbox.Add(new OperationQueued(operation.Id));
        await db.SaveChangesAsync(cancellationToken);
        var view = operation.ToView(now);
        if (http.HttpContext is { } context)
        {
            context.Response.Headers["Operation-Location"] = view.Links.Self;
            context.Response.Headers.RetryAfter = "1";
        }

        return TypedResults.Accepted(view.Links.Self, view);
    }
}
