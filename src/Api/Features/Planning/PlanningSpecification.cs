using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning;

/// <summary>What a run is asked to plan, with every default filled in. Frozen when the run is created.</summary>
/// <param name="Campaigns">Names of campaigns, owned and paid.</param>
/// <param name="Model">Name of the model that predicts their effect.</param>
/// <param name="Budget">Most that the sends may cost together.</param>
/// <param name="WeeklyCap">Most sends to a member within seven days, counting those of earlier plans; a run itself plans at most one per member.</param>
/// <param name="Horizon">Time over which increments are counted: the model's outcome window, as an ISO 8601 duration.</param>
/// <param name="ExplorationShare">Share of eligible members whose action is drawn at random.</param>
/// <param name="Unsubscribe">What a mail risks: the chance that it makes its reader leave, and what that loses.</param>
/// <param name="QuietHours">Hours of the recipient's day in which nothing arrives.</param>
/// <param name="Seed">Seed of every random choice.</param>
/// <param name="Lines">Volume bands of business lines.</param>
/// <param name="MaximumSends">Most sends altogether.</param>
/// <param name="Unit"><c>member</c>, or <c>account</c>: then each account gets at most one action, through one contact.</param>
/// <param name="Channels">Cost bands of channels.</param>
internal sealed record PlanningSpecification(
    IReadOnlyList<string> Campaigns,
    string Model,
    Money Budget,
    int WeeklyCap,
    string Horizon,
    double ExplorationShare,
    UnsubscribeTerms Unsubscribe,
    QuietHours QuietHours,
    long Seed,
    IReadOnlyList<LineBand> Lines,
    int? MaximumSends = null,
    string Unit = PlanningUnits.Member,
    IReadOnlyList<ChannelBand>? Channels = null);

/// <summary>What a run decides for.</summary>
internal static class PlanningUnits
{
    public const string Member = "member";
    public const string Account = "account";
}

/// <param name="Rate">Probability per mail that its reader unsubscribes.</param>
/// <param name="Loss">
/// What a lost reader costs over the years. When missing, a year of weekly mails at the average contribution of the run's best campaign is assumed.
/// </param>
internal sealed record UnsubscribeTerms(double Rate, Money? Loss = null)
{
    /// <summary>One mail in a thousand loses its reader: the order of magnitude that mail services publish.</summary>
    public const double UsualRate = 0.001;
}

/// <summary>Local times (HH:mm) in the recipient's zone; the window may span midnight; equal times mean no quiet hours.</summary>
internal sealed record QuietHours(string From = "21:00", string To = "08:00");

/// <summary>Least and most sends of a business line.</summary>
internal sealed record LineBand(string Line, int? Minimum = null, int? Maximum = null);

/// <summary>Least and most that a channel may cost: <c>email</c> or <c>ads</c>.</summary>
internal sealed record ChannelBand(string Channel, Money? Minimum = null, Money? Maximum = null);
