using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

internal static class CreateImport
{
    /// <param name="Kind">members, exposures or events.</param>
    /// <param name="Columns">Column names of the file, by what they hold.</param>
    /// <param name="Consent">The consent that the file brings, with its source. Without it the import records none.</param>
    /// <param name="Experiment">Of exposures: the experiment, <c>experiments/exp_…</c>.</param>
    internal sealed record Request(ImportKind Kind, ImportColumns Columns, ImportConsent? Consent = null, string? Experiment = null);

    internal static async Task<Results<Created<ImportView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IMemberSchema schema, IExposureWriter exposures, TimeProvider clock, CancellationToken cancellationToken)
    {
        var declaration = new ImportDeclaration(request.Columns, request.Consent, request.Experiment);
        var check = new RequestCheck().Declaration(request.Kind, declaration, await schema.ReadAsync(cancellationToken));
        if (request.Experiment is { } experiment)
        {
            var exists = TryExperiment(experiment, out var experimentId) && await exposures.ArmsAsync(experimentId, cancellationToken) is not null;
            check.Require(exists, "/experiment", "notFound", $"'{experiment}' does not exist.");
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        var import = new Import
        {
            Kind = request.Kind,
            State = ImportState.AwaitingContent,
            Declaration = JsonSerializer.SerializeToDocument(declaration, OperationJson.Options),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(import);
        await db.SaveChangesAsync(cancellationToken);
        var view = ImportView.Of(import);
        return TypedResults.Created($"/v1/{view.Name}", view);
    }

    internal static bool TryExperiment(string name, out Guid experimentId) =>
        PublicId.TryParse("exp", name.StartsWith("experiments/", StringComparison.Ordinal) ? name["experiments/".Length..] : name, out experimentId);
}
