using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>
/// Declares a randomised comparison before its outcomes are looked at: the tests follow from the declared distributions, and nothing
/// of it can be changed afterwards.
/// </summary>
internal static class CreateExperiment
{
    private const int MostArms = 20;
    private const int MostMetrics = 20;

    /// <param name="DisplayName">Title of its reports.</param>
    /// <param name="Arms">Two arms or more, exactly one of them the control.</param>
    /// <param name="Metrics">One metric or more: those of the tenant by name, or with the events they are made of. One at least is primary.</param>
    /// <param name="StartedAt">First instant of exposure.</param>
    /// <param name="EndedAt">End of the outcome window.</param>
    internal sealed record Request(
        string DisplayName, IReadOnlyList<ArmDesign> Arms, IReadOnlyList<MetricChoice> Metrics, DateTimeOffset StartedAt, DateTimeOffset EndedAt);

    internal static async Task<Results<Created<ExperimentView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IMetrics metrics, IAuditLog audit, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var check = new RequestCheck().Text("/displayName", request.DisplayName);
        CheckArms(check, request.Arms);
        var measured = await MetricsAsync(check, request.Metrics, metrics, cancellationToken);
        check.Require(request.EndedAt > request.StartedAt, "/endedAt", "outOfRange", "/endedAt must be later than /startedAt.");
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var experiment = new Experiment
        {
            Name = request.DisplayName,
            Arms = JsonSerializer.SerializeToDocument(request.Arms, OperationJson.Options),
            Metrics = JsonSerializer.SerializeToDocument(measured, OperationJson.Options),
            StartedAt = request.StartedAt.ToUniversalTime(),
            EndedAt = request.EndedAt.ToUniversalTime(),
            CreatedAt = now,
        };
        db.Add(experiment);
        audit.Add("experiments.create", experiment.ResourceName(), new { request.DisplayName });
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, experiment.Version);
        return TypedResults.Created($"/v1/{experiment.ResourceName()}", ExperimentView.Of(experiment, now));
    }

    private static void CheckArms(RequestCheck check, IReadOnlyList<ArmDesign> arms)
    {
        check.Require(arms.Count is >= 2 and <= MostArms, "/arms", "outOfRange", $"/arms must have 2 to {MostArms} arms.")
            .Require(arms.Count(arm => arm.Control) == 1, "/arms", "oneControl", "Exactly one of /arms must have \"control\": true.");
        for (var index = 0; index < arms.Count; index++)
        {
            check.Text($"/arms/{index}/name", arms[index].Name, 64)
                .Require(double.IsFinite(arms[index].Weight) && arms[index].Weight > 0, $"/arms/{index}/weight", "outOfRange", $"/arms/{index}/weight must be above 0.");
        }

        CheckUnique(check, "arms", [.. arms.Select(arm => arm.Name)]);
    }

    private static async Task<MetricDesign[]> MetricsAsync(
        RequestCheck check, IReadOnlyList<MetricChoice> choices, IMetrics metrics, CancellationToken cancellationToken)
    {
        check.Require(choices.Count is >= 1 and <= MostMetrics, "/metrics", "outOfRange", $"/metrics must have 1 to {MostMetrics} metrics.");
        var named = choices.Select(choice => MetricNames.Kind.TryParse(choice.Metric, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToHashSet();
        var known = await metrics.FindAsync(named, cancellationToken);
        MetricDesign?[] measured = [.. choices.Select((choice, index) => choice.Resolve(check, $"/metrics/{index}", known))];
        if (measured is [] || measured.Contains(null))
        {
            return [];
        }

        CheckUnique(check, "metrics", [.. measured.Select(metric => metric!.Name)]);
        check.Require(
            measured.Any(metric => metric!.Role == MetricDefinition.Primary), "/metrics", "noPrimary", "One of /metrics at least must be primary: what the experiment is about.");
        return measured!;
    }

    private static void CheckUnique(RequestCheck check, string list, string[] names)
    {
        for (var index = 1; index < names.Length; index++)
        {
            check.Require(Array.IndexOf(names, names[index]) == index, $"/{list}/{index}/name", "duplicate", $"/{list}/{index}/name appears twice.");
        }
    }
}
