using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Operations;

/// <summary>Long-running work: look at it, follow its events, wait for it, cancel it.</summary>
internal static class OperationsFeature
{
    public static void AddOperations(this IServiceCollection services, bool works)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<OperationSignal>();
        services.AddSingleton<OperationEventStream>();
        services.AddScoped<IOperations, StartOperation>();
        services.AddScoped<OperationAccess>();
        if (works)
        {
            services.AddHostedService<OperationWorker>();
        }
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/operations").WithTags("Operations").RequireAuthorization();
        group.MapGet("/", ListAsync).WithName("ListOperations").WithSummary("Operations, newest last");
        group.MapGet("/{id:rid}", GetAsync).WithName("GetOperation").WithSummary("One operation");
        group.MapGet("/{id:rid}/events", EventsAsync).WithName("StreamOperationEvents")
            .WithSummary("Its events as server-sent events; honours Last-Event-ID and closes after 'done'");
        group.MapPost("/{id:rid}:cancel", CancelAsync).WithName("CancelOperation").WithSummary("Asks it to stop");
    }

    private static async Task<Ok<Page<OperationView>>> ListAsync([AsParameters] PageQuery page, NoahDbContext db, OperationAccess access, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Operation.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Operation>().AsNoTracking().Where(o => o.Id > after && access.Kinds.Contains(o.Kind)).OrderBy(o => o.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<OperationView>(
            [.. shown.Select(o => o.ToView(now))], rows.Count > page.Size ? PublicId.Format(Operation.Prefix, shown[^1].Id) : ""));
    }

    private static async Task<Results<Ok<OperationView>, ProblemHttpResult>> GetAsync(
        string id, NoahDbContext db, OperationAccess access, CancellationToken cancellationToken) =>
        await FindAsync(id, db, access, cancellationToken) is { } operation
            ? TypedResults.Ok(operation.ToView(TimeProvider.System.GetUtcNow()))
            : Problems.NotFound($"operations/{id}");

    private static async Task<Results<ServerSentEventsResult<System.Text.Json.JsonElement>, ProblemHttpResult>> EventsAsync(
        string id,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        NoahDbContext db,
        OperationAccess access,
        TenantContext tenant,
        OperationEventStream stream,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, db, access, cancellationToken) is not { } operation)
        {
            return Problems.NotFound($"operations/{id}");
        }

        var after = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
        return TypedResults.ServerSentEvents(stream.ReadAsync(tenant.TenantId, operation.Id, after, cancellationToken));
    }

    private static async Task<Results<Ok<OperationView>, ProblemHttpResult>> CancelAsync(
        string id, NoahDbContext db, OperationAccess access, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, db, access, cancellationToken) is not { } operation)
        {
            return Problems.NotFound($"operations/{id}");
        }

        await db.Set<Operation>()
            .Where(o => o.Id == operation.Id && (o.State == OperationState.Queued || o.State == OperationState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OperationState.Cancelling), cancellationToken);
        return TypedResults.Ok((await FindAsync(id, db, access, cancellationToken))!.ToView(TimeProvider.System.GetUtcNow()));
    }

    private static async Task<Operation?> FindAsync(string id, NoahDbContext db, OperationAccess access, CancellationToken cancellationToken) =>
        PublicId.TryParse(Operation.Prefix, id, out var guid)
            ? await db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == guid && access.Kinds.Contains(o.Kind), cancellationToken)
            : null;
}
