using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

internal static class GetSend
{
    internal static async Task<Results<Ok<SendView>, ProblemHttpResult>> HandleAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Send.Prefix, id, out var sendId)
        && await db.Set<Send>().AsNoTracking().SingleOrDefaultAsync(send => send.Id == sendId, cancellationToken) is { } send
            ? TypedResults.Ok(SendView.Of(send))
            : Problems.NotFound($"sends/{id}");
}
