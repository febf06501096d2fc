using Microsoft.AspNetCore.Http.HttpResults;

namespace Noah.Api.Features.Operations.Contracts;

/// <summary>Starts long-running work in the caller's unit of work.</summary>
internal interface IOperations
{
    /// <summary>
    /// Queues an operation together with everything else in the current unit of work and saves it. Answers 202 with Location,
    /// Operation-Location and Retry-After; 409 with the running operation's name when the target is being worked on.
    /// </summary>
    Task<Results<Accepted<OperationView>, ProblemHttpResult>> StartAsync(string kind, string target, object request, CancellationToken cancellationToken);
}
