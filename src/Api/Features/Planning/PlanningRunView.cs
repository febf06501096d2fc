using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Pages;

namespace Noah.Api.Features.Planning;

/// <summary>A planning run as the API shows it. Listings leave out plan and evaluation.</summary>
internal sealed record PlanningRunView(
    string Name,
    string DisplayName,
    string State,
    PlanningSpecification Specification,
    DateTimeOffset CreateTime,
    DateTimeOffset? SolveTime,
    DateTimeOffset? ApplyTime,
    JsonDocument? Plan,
    JsonDocument? Evaluation,
    JsonDocument? Conflict = null,
    PageLinks? Links = null)
{
    public static PlanningRunView Of(PlanningRun run, bool whole = true, PageLinks? links = null) => new(
        PlanningNames.Of(run.Id),
        run.Name,
        run.State.ToString().ToUpperInvariant(),
        SpecificationOf(run),
        run.CreatedAt,
        run.SolvedAt,
        run.AppliedAt,
        whole ? run.Plan : null,
        whole ? run.Evaluation : null,
        whole ? run.Conflict : null,
        links);

    public static PlanningSpecification SpecificationOf(PlanningRun run) => run.Specification.Deserialize<PlanningSpecification>(OperationJson.Options)!;
}
