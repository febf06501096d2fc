using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Why a run decided as it did.</summary>
internal static class DecisionReason
{
    /// <summary>Chosen as what adds most within the rules.</summary>
    public const string WorthMost = "worthMost";

    /// <summary>Drawn at random by the exploration share: this campaign.</summary>
    public const string ExploredSend = "exploredSend";

    /// <summary>Drawn at random by the exploration share: no send, or another campaign.</summary>
    public const string ExploredNoSend = "exploredNoSend";

    /// <summary>Every send would cost more than it adds.</summary>
    public const string NotWorthIt = "notWorthIt";

    /// <summary>Worth something, but less than others for whom the rules leave room.</summary>
    public const string Outbid = "outbid";

    /// <summary>Another campaign is worth more for this member.</summary>
    public const string OtherCampaign = "otherCampaign";

    /// <summary>Its account is addressed through another member, if at all.</summary>
    public const string OtherContact = "otherContact";

    /// <summary>The reasons against a send, in the order in which a waterfall tells them.</summary>
    public static readonly string[] Against = [OtherContact, NotWorthIt, OtherCampaign, Outbid, ExploredNoSend];

    public static string Of(StageOutputs stages, int member)
    {
        var (choice, explored) = (stages.Allocation.Choices[member], stages.Allocation.Explored[member] == 1);
        return (choice, explored) switch
        {
            (AllocationOutput.NoSend, _) when stages.ReachesAccountOf(member) || stages.Allocation.Contacts?[member] == 0 => OtherContact,
            (AllocationOutput.NoSend, true) => ExploredNoSend,
            (AllocationOutput.NoSend, false) => BestValue(stages, member) > 0 ? Outbid : NotWorthIt,
            (_, true) => ExploredSend,
            _ => WorthMost,
        };
    }

    /// <summary>Why a member did not get a campaign that it was eligible for.</summary>
    public static string AgainstCampaign(StageOutputs stages, int member, int campaign) =>
        !stages.Offers(member, campaign) || (stages.Allocation.Choices[member] == AllocationOutput.NoSend && stages.ReachesAccountOf(member)) ? OtherContact
        : stages.Allocation.Explored[member] == 1 ? ExploredNoSend
        : Value(stages, member, campaign) <= 0 ? NotWorthIt
        : stages.Allocation.Choices[member] != AllocationOutput.NoSend ? OtherCampaign
        : Outbid;

    /// <summary>Net value of a send, in money.</summary>
    public static double Value(StageOutputs stages, int member, int campaign) =>
        stages.Scores.Values[(member * stages.Eligibility.Campaigns.Length) + campaign];

    private static double BestValue(StageOutputs stages, int member)
    {
        var best = double.NegativeInfinity;
        for (var c = 0; c < stages.Eligibility.Campaigns.Length; c++)
        {
            best = stages.Offers(member, c) ? Math.Max(best, Value(stages, member, c)) : best;
        }

        return best;
    }
}
