using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>Bars an address, whether a member has it or not. There is no way back: a suppression ends with nothing.</summary>
internal static class CreateSuppression
{
    /// <param name="Address">The address; only its hash is kept.</param>
    /// <param name="Source">Who asked for it, such as <c>call centre</c>.</param>
    /// <param name="Channel">email or ads.</param>
    /// <param name="Topic">The topic it is limited to; every topic of the channel when absent.</param>
    /// <param name="Reason">unsubscribe, complaint, hardBounce, manual or erasure.</param>
    internal sealed record Request(
        string Address, string Source, string Channel = ConsentChannels.Email, string? Topic = null, SuppressionReason Reason = SuppressionReason.Manual);

    internal static async Task<Results<Created<SuppressionView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, TenantContext tenant, IAuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Require(EmailAddress.IsValid(request.Address), "/address", "malformed", "/address is not an e-mail address.")
            .OneOf("/channel", request.Channel, ConsentChannels.All)
            .Text("/source", request.Source);
        if (request.Topic is not null)
        {
            check.Text("/topic", request.Topic, maximumLength: 64);
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        var suppression = new Suppression
        {
            Channel = request.Channel,
            Topic = request.Topic,
            AddressHash = AddressHash.Of(tenant.TenantId, request.Address),
            Reason = request.Reason,
            Source = request.Source,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(suppression);
        var view = SuppressionView.Of(suppression);
        audit.Add("suppressions.create", view.Name, new { request.Channel, request.Topic, request.Reason });
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/v1/{view.Name}", view);
    }
}
