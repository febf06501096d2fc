using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>A person decides what became of a send whose outcome no machine can know.</summary>
internal static class ResolveSend
{
    internal enum Outcome
    {
        /// <summary>The mail server's log shows its Message-ID.</summary>
        HandedOver,

        /// <summary>It does not: the mail is planned again.</summary>
        NotSent,
    }

    internal sealed record Request(Outcome Outcome);

    internal static async Task<Results<Ok<SendView>, ProblemHttpResult>> HandleAsync(
        string id, Request request, NoahDbContext db, IAuditLog audit, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(Send.Prefix, id, out var sendId)
            || await db.Set<Send>().SingleOrDefaultAsync(send => send.Id == sendId, cancellationToken) is not { } send)
        {
            return Problems.NotFound($"sends/{id}");
        }

        if (send.State != SendState.Unknown)
        {
            return Problems.Transition($"sends/{id}", SendView.StateName(send.State), "resolve");
        }

        // The worker that left it in doubt may yet wake up: under the raised fence it changes nothing.
        send.Fence++;
        send.Reason = null;
        (send.State, send.HandedOverAt, send.HandOverStartedAt) = request.Outcome == Outcome.HandedOver
            ? (SendState.HandedOver, send.HandOverStartedAt, send.HandOverStartedAt)
            : (SendState.Planned, null, null);
        audit.Add("sends.resolve", $"sends/{id}", new { outcome = request.Outcome.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(SendView.Of(send));
    }
}
