using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>The sends of a campaign in the order of their members, which is the order of the ledger's own index.</summary>
internal static class ListSends
{
    internal static async Task<Results<Ok<Page<SendView>>, ProblemHttpResult>> HandleAsync(
        string id, string? state, [AsParameters] PageQuery page, ICampaigns campaigns, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("cmp", id, out var campaignId) || (await campaigns.ReadAsync([campaignId], cancellationToken)).Count == 0)
        {
            return Problems.NotFound($"campaigns/{id}");
        }

        var check = new RequestCheck();
        if (state is not null && check.OneOf("/state", state, [.. SendView.States.Keys]).Failed(out var problem))
        {
            return problem;
        }

        var after = PublicId.TryParse("mem", page.PageToken, out var token) ? token : Guid.Empty;
        var sends = db.Set<Send>().AsNoTracking().Where(send => send.CampaignId == campaignId && send.MemberId > after);
        if (state is not null)
        {
            var wanted = SendView.States[state];
            sends = sends.Where(send => send.State == wanted);
        }

        var rows = await sends.OrderBy(send => send.MemberId).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<SendView>(
            [.. shown.Select(SendView.Of)], rows.Count > page.Size ? PublicId.Format("mem", shown[^1].MemberId) : ""));
    }
}
