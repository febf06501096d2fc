using System.Collections.Concurrent;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Security;

namespace Noah.Api.Tests.Features.Operations;

/// <summary>An operation for tests: counts to <c>Until</c>, then does as it is told.</summary>
internal sealed class CountingOperation : IOperationHandler
{
    public const string OperationKind = "tests.count";

    internal sealed record Request(int Until, string Then = "succeed");

    /// <summary>How often each operation was begun.</summary>
    public static ConcurrentDictionary<Guid, int> Begun { get; } = new();

    public string Kind => OperationKind;

    public string Scope => Scopes.PlansWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        Begun.AddOrUpdate(run.OperationId, 1, (_, times) => times + 1);
        var request = run.ReadRequest<Request>();
        for (var number = 1; number <= request.Until; number++)
        {
            await run.LogAsync($"number {number}", cancellationToken);
        }

        await run.ReportAsync("counting", request.Until, request.Until, "numbers", cancellationToken);
        switch (request.Then)
        {
            case "wait":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "refuse":
                throw new ProblemException(ProblemType.InfeasiblePlan, "It can't be done.", new FieldError("/until", "impossible", "No."));
            case "crash":
                throw new InvalidOperationException("a secret of the inside");
        }

        return new OperationOutcome("counts/1", new { counted = request.Until });
    }
}
