using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>Freezes what is to be planned. :solve makes the plan.</summary>
internal static class CreatePlanningRun
{
    /// <param name="DisplayName">For people.</param>
    /// <param name="Campaigns">Campaigns to choose between, owned and paid, 1 to 32.</param>
    /// <param name="Model">The model that predicts their effect.</param>
    /// <param name="Budget">Most that the sends may cost together.</param>
    /// <param name="Horizon">The model's outcome window: an ISO 8601 duration such as P14D, or a number of days.</param>
    /// <param name="WeeklyCap">Most sends to a member within seven days; default 1. A run plans at most one per member.</param>
    /// <param name="ExplorationShare">Share of eligible members whose action is drawn at random; default 0.02.</param>
    /// <param name="Unsubscribe">Default: a rate of 0.001 per mail, and a loss of a year of weekly mails at the average contribution.</param>
    /// <param name="QuietHours">Default 21:00 to 08:00 in the recipient's zone.</param>
    /// <param name="Seed">Seed of every random choice; default one of the run's own.</param>
    /// <param name="Lines">Volume bands of business lines.</param>
    /// <param name="MaximumSends">Most sends altogether.</param>
    /// <param name="Unit"><c>member</c>, or <c>account</c> for one contact per account; default member.</param>
    /// <param name="Channels">Cost bands of channels, <c>email</c> and <c>ads</c>.</param>
    internal sealed record Request(
        string DisplayName,
        string[] Campaigns,
        string Model,
        Money Budget,
        string Horizon,
        int WeeklyCap = 1,
        double ExplorationShare = 0.02,
        UnsubscribeTerms? Unsubscribe = null,
        QuietHours? QuietHours = null,
        long? Seed = null,
        LineBand[]? Lines = null,
        int? MaximumSends = null,
        string Unit = PlanningUnits.Member,
        ChannelBand[]? Channels = null);

    internal static async Task<Results<Created<PlanningRunView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, PlanningChecks checks, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var check = new RequestCheck();
        await checks.RunAsync(check, request, cancellationToken);
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var id = Guid.CreateVersion7();
        var specification = new PlanningSpecification(
            [.. request.Campaigns.Select(c => PlanningNames.Campaigns.Name(PlanningNames.Campaigns.Parse(c)))],
            PlanningNames.Models.Name(PlanningNames.Models.Parse(request.Model)),
            request.Budget,
            request.WeeklyCap,
            request.Horizon,
            request.ExplorationShare,
            request.Unsubscribe ?? new UnsubscribeTerms(UnsubscribeTerms.UsualRate),
            request.QuietHours ?? new QuietHours(),
            request.Seed ?? BinaryPrimitives.ReadUInt32LittleEndian(id.ToByteArray().AsSpan(12)),
            request.Lines ?? [],
            request.MaximumSends,
            request.Unit,
            request.Channels ?? []);
        var run = new PlanningRun
        {
            Id = id,
            Name = request.DisplayName,
            Specification = JsonSerializer.SerializeToDocument(specification, OperationJson.Options),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, run.Version);
        return TypedResults.Created($"/v1/{PlanningNames.Of(run.Id)}", PlanningRunView.Of(run));
    }
}
