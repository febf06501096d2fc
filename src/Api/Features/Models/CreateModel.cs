using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Declares a model: which experiment it learns from, what it predicts and from which attributes.</summary>
internal static class CreateModel
{
    private const string ExperimentCollection = "experiments/";

    /// <param name="DisplayName">Its name for people.</param>
    /// <param name="Experiment">Resource name of the randomised experiment.</param>
    /// <param name="Features">Member attributes; by default all declared ones that are not personal.</param>
    /// <param name="Responses">Binary metrics; by default all of the experiment.</param>
    /// <param name="Value">Zero-inflated metric; by default the experiment's first, if it has one.</param>
    /// <param name="TrainingShare">Share of members to learn from, 0.1 to 0.9; the rest stays unseen for honest scoring.</param>
    /// <param name="Seed">Of training.</param>
    internal sealed record Request(
        string DisplayName,
        string Experiment,
        IReadOnlyList<string>? Features = null,
        IReadOnlyList<string>? Responses = null,
        string? Value = null,
        double TrainingShare = 0.5,
        int Seed = 1);

    internal static async Task<Results<Created<ModelView>, ProblemHttpResult>> HandleAsync(
        Request request,
        NoahDbContext db,
        IExperiments experiments,
        IMemberTables members,
        IAuditLog audit,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Text("/displayName", request.DisplayName)
            .Between("/trainingShare", request.TrainingShare, 0.1, 0.9)
            .Between("/seed", request.Seed, 0, int.MaxValue);
        var experiment = await FindAsync(request.Experiment, experiments, cancellationToken);
        check.Require(experiment is not null, "/experiment", "notFound", $"{request.Experiment} does not exist.");
        var declared = (await members.ReadAsync([], cancellationToken)).Columns.Select(column => column.Name).ToArray();
        var specification = new ModelSpecification(
            request.Features ?? declared,
            request.Responses ?? Named(experiment, "binary"),
            request.TrainingShare,
            request.Seed,
            request.Value ?? Named(experiment, "zeroInflated").FirstOrDefault());
        Check(check, specification, declared, experiment);
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var model = new Model
        {
            Name = request.DisplayName,
            ExperimentId = experiment!.ExperimentId,
            Specification = JsonSerializer.SerializeToDocument(specification, OperationJson.Options),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(model);
        audit.Add("models.create", model.ResourceName(), new { request.DisplayName });
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, model.Version);
        return TypedResults.Created($"/v1/{model.ResourceName()}", ModelView.Of(model));
    }

    private static async Task<ExperimentTerms?> FindAsync(string name, IExperiments experiments, CancellationToken cancellationToken) =>
        PublicId.TryParse("exp", name.StartsWith(ExperimentCollection, StringComparison.Ordinal) ? name[ExperimentCollection.Length..] : name, out var id)
            ? await experiments.FindAsync(id, cancellationToken)
            : null;

    private static string[] Named(ExperimentTerms? experiment, string distribution) =>
        [.. (experiment?.Metrics ?? []).Where(metric => metric.Distribution == distribution).Select(metric => metric.Name)];

    private static void Check(RequestCheck check, ModelSpecification specification, string[] declared, ExperimentTerms? experiment)
    {
        check.Require(specification.Features.Count > 0, "/features", "required", "/features is empty: declare attributes of members first.");
        CheckNames(check, "features", specification.Features, declared);
        if (experiment is null)
        {
            return;
        }

        CheckNames(check, "responses", specification.Responses, Named(experiment, "binary"));
        check.Require(
            specification.Responses.Count > 0 || specification.Value is not null, "/responses", "required", "The experiment has no metric that a model can learn.");
        if (specification.Value is { } value)
        {
            check.OneOf("/value", value, Named(experiment, "zeroInflated"));
        }
    }

    private static void CheckNames(RequestCheck check, string list, IReadOnlyList<string> names, string[] allowed)
    {
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            check.OneOf($"/{list}/{index}", name, allowed)
                .Require(names.Take(index).All(earlier => earlier != name), $"/{list}/{index}", "duplicate", $"/{list}/{index} appears twice.");
        }
    }
}
