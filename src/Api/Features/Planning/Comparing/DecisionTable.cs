using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Comparing;

/// <summary>A plan's decisions by member, and its forecast of any decision.</summary>
internal sealed class DecisionTable(EligibilityOutput eligible, ScoresOutput scores, AllocationOutput allocation)
{
    private readonly Dictionary<Guid, int> _campaigns = eligible.Campaigns.Index().ToDictionary(c => c.Item.CampaignId, c => c.Index);

    /// <summary>Ascending.</summary>
    public Guid[] Members => eligible.MemberIds;

    /// <summary>What the plan sends to a member; null for nothing, and for members whom it does not know.</summary>
    public Guid? Of(Guid member) =>
        Array.BinarySearch(eligible.MemberIds, member) is var m and >= 0 && allocation.Choices[m] is var choice and not AllocationOutput.NoSend
            ? eligible.Campaigns[choice].CampaignId
            : null;

    /// <summary>What this plan's forecast says of another's decisions, and of how many it says nothing.</summary>
    public (double Value, int Unknown) ValueOf(DecisionTable other)
    {
        var (value, unknown) = (0.0, 0);
        foreach (var member in other.Members)
        {
            if (other.Of(member) is not { } campaign)
            {
                continue;
            }

            var m = Array.BinarySearch(eligible.MemberIds, member);
            var known = m >= 0 && _campaigns.TryGetValue(campaign, out var c) && eligible.Allows(m, c);
            value += known ? scores.Values[(m * eligible.Campaigns.Length) + _campaigns[campaign]] : 0;
            unknown += known ? 0 : 1;
        }

        return (value, unknown);
    }

    public DecisionChanges ChangesTo(DecisionTable other)
    {
        var (members, added, dropped, switched) = (0, 0, 0, 0);
        foreach (var member in Members.Union(other.Members))
        {
            members++;
            switch (Of(member), other.Of(member))
            {
                case (null, not null):
                    added++;
                    break;
                case (not null, null):
                    dropped++;
                    break;
                case ({ } before, { } after) when before != after:
                    switched++;
                    break;
            }
        }

        return new DecisionChanges(members, added + dropped + switched, added, dropped, switched);
    }
}
