using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

internal static class RunImport
{
    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IOperations operations, IAuditLog audit, CancellationToken cancellationToken)
    {
        if (await GetImport.FindAsync(id, db, cancellationToken) is not { } import)
        {
            return Problems.NotFound($"imports/{id}");
        }

        // A running import may be run again: where its operation was cancelled, and refused by the operations where it was not.
        if (import.State is ImportState.AwaitingContent or ImportState.Completed)
        {
            return Problems.Transition(
                import.ResourceName(), ImportView.StateName(import.State), "run", import.State == ImportState.AwaitingContent ? ["content"] : []);
        }

        import.State = ImportState.Running;
        audit.Add("imports.run", import.ResourceName());
        return await operations.StartAsync(ImportHandler.KindName, import.ResourceName(), new { }, cancellationToken);
    }
}
