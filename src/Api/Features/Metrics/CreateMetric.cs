using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Metrics;

/// <summary>Declares a metric once for all experiments. There is no verb that changes one: reports of the past would change their meaning.</summary>
internal static class CreateMetric
{
    /// <param name="DisplayName">Title in reports, unique within the tenant.</param>
    /// <param name="Distribution">The shape that chooses the tests: <c>binary</c>, <c>continuous</c>, or <c>zeroInflated</c> for amounts that are mostly zero.</param>
    /// <param name="EventType">Events that count.</param>
    /// <param name="Aggregation"><c>any</c> (binary only), <c>count</c> or <c>sumAmount</c>.</param>
    /// <param name="Role"><c>primary</c>, <c>guardrail</c> or <c>diagnostic</c>; an experiment may give it another.</param>
    /// <param name="Direction">Whether an <c>increase</c> or a <c>decrease</c> is good news.</param>
    /// <param name="WindowDays">Days from a member's own exposure in which events count, 1 to 730; without it until the experiment's outcome window ends.</param>
    /// <param name="Description">For the colleagues who will choose it.</param>
    internal sealed record Request(
        string DisplayName,
        string Distribution,
        string EventType,
        string Aggregation,
        string Role = MetricDefinition.Primary,
        string Direction = MetricDefinition.Increase,
        int? WindowDays = null,
        string? Description = null);

    internal static async Task<Results<Created<MetricView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IAuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var definition = new MetricDefinition(
            request.Distribution, request.EventType, request.Aggregation, request.Role, request.Direction, request.WindowDays);
        var check = new RequestCheck().Text("/displayName", request.DisplayName, Metric.LongestName)
            .Require((request.Description?.Length ?? 0) <= 1000, "/description", "tooLong", "/description has more than 1000 characters.");
        definition.Check(check, "");
        if (check.Failed(out var problem))
        {
            return problem;
        }

        if (await db.Set<Metric>().AnyAsync(m => m.Name == request.DisplayName, cancellationToken))
        {
            return Problems.Result(ProblemType.AlreadyExists, $"There is a metric named '{request.DisplayName}'.");
        }

        var metric = new Metric
        {
            Name = request.DisplayName,
            Description = request.Description,
            Distribution = definition.Distribution,
            EventType = definition.EventType,
            Aggregation = definition.Aggregation,
            Role = definition.Role,
            Direction = definition.Direction,
            WindowDays = definition.WindowDays,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(metric);
        audit.Add("metrics.create", metric.ResourceName(), new { request.DisplayName });
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/v1/{metric.ResourceName()}", MetricView.Of(metric));
    }
}
