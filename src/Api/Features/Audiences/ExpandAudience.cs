using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Audiences;

/// <summary>Starts the building of an audience. A frozen one stays as it is: campaigns and plans rest on it.</summary>
internal static class ExpandAudience
{
    public const string Kind = "audiences.expand";

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        if (await db.FindAudienceAsync(id, cancellationToken) is not { } audience)
        {
            return Problems.NotFound($"audiences/{id}");
        }

        if (audience.State == AudienceState.Ready)
        {
            return Problems.Transition(AudienceNames.Of(audience.Id), "READY", "expand");
        }

        audience.State = AudienceState.Building;
        return await operations.StartAsync(Kind, AudienceNames.Of(audience.Id), new { }, cancellationToken);
    }
}
