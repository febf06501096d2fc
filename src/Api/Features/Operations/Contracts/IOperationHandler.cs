namespace Noah.Api.Features.Operations.Contracts;

/// <summary>
/// Does the work of one kind of operation, in a scope of its tenant. It must be repeatable: after a crash it runs again from the start
/// or from its own checkpoints. A <see cref="Platform.Errors.ProblemException"/> becomes the operation's error; so does any other, without its text.
/// </summary>
internal interface IOperationHandler
{
    /// <summary>The kind this handles, such as <c>imports.run</c>.</summary>
    string Kind { get; }

    /// <summary>The scope that a key needs to see such operations and to cancel them: that of the endpoint which starts them.</summary>
    string Scope { get; }

    Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken);
}

/// <summary>Name of the resource that came of it, and figures worth showing beside it.</summary>
internal sealed record OperationOutcome(string? Response, object? Metadata = null);
