using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>Adds to the ledger what a member said. The latest entry of a channel and topic counts; suppressions stand above it.</summary>
internal static class RecordConsent
{
    /// <param name="Channel">email or ads.</param>
    /// <param name="Topic">Such as <c>marketing</c>.</param>
    /// <param name="State">granted or withdrawn.</param>
    /// <param name="Source">Where it was said, such as <c>preference centre</c>.</param>
    internal sealed record Request(string Channel, string Topic, ConsentState State, string Source);

    internal static async Task<Results<Created<ConsentView>, ProblemHttpResult>> HandleAsync(
        string id, Request request, NoahDbContext db, IAuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await GetMember.FindAsync(id, db, cancellationToken) is not { } member)
        {
            return Problems.NotFound($"members/{id}");
        }

        var check = new RequestCheck()
            .OneOf("/channel", request.Channel, ConsentChannels.All)
            .Text("/topic", request.Topic, maximumLength: 64)
            .Text("/source", request.Source);
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var consent = new Consent
        {
            MemberId = member.Id,
            Channel = request.Channel,
            Topic = request.Topic,
            State = request.State,
            Source = request.Source,
            OccurredAt = now,
            RecordedAt = now,
        };
        db.Add(consent);
        audit.Add($"consents.{request.State.ToString().ToLowerInvariant()}", $"members/{id}", new { request.Channel, request.Topic, request.Source });
        await db.SaveChangesAsync(cancellationToken);
        var view = ConsentView.Of(consent);
        return TypedResults.Created($"/v1/members/{id}/consents", view);
    }
}
