using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>The plan's policy over the members who judge, and the simple policies it has to be better than.</summary>
internal sealed class PolicySet
{
    private readonly int _arms;
    private readonly bool[] _inPlan;

    private PolicySet(int arms, bool[] inPlan) => (_arms, _inPlan) = (arms, inPlan);

    public required IReadOnlyList<TargetPolicy> Policies { get; init; }

    public int MembersInPlan => _inPlan.Count(inPlan => inPlan);

    public TargetPolicy this[string name] => Policies.Single(policy => policy.Name == name);

    public static PolicySet Of(StageOutputs stages, IReadOnlyList<string> arms, Guid[] members)
    {
        var inPlan = new bool[members.Length];
        var set = new PolicySet(arms.Count, inPlan) { Policies = [] };
        var plan = new TargetPolicy(TargetPolicy.Plan, "What the plan does; nothing for members outside it.", Plan(stages, arms, members, inPlan), arms.Count);
        var nobody = set.Constant(0, 1, everybody: true);
        var policies = new List<TargetPolicy>
        {
            plan,
            new(TargetPolicy.Nobody, "No mail to anybody.", nobody, arms.Count),
            new(TargetPolicy.RandomAtEqualVolume, "As many mails in the same mix, to eligible members drawn at random.", set.RandomLike(plan), arms.Count),
        };
        for (var arm = 1; arm < arms.Count; arm++)
        {
            policies.Add(new TargetPolicy($"everybody: {arms[arm]}", $"'{arms[arm]}' to everybody.", set.Constant(arm, 1, everybody: true), arms.Count));
        }

        var eligible = set.MembersInPlan;
        for (var arm = 1; arm < arms.Count && eligible > 0; arm++)
        {
            var rate = Math.Min(1, plan.MailsPerMember * members.Length / eligible);
            policies.Add(new TargetPolicy(
                $"random: {arms[arm]}", $"As many mails, all '{arms[arm]}', to eligible members drawn at random.", set.Constant(arm, rate, everybody: false), arms.Count));
        }

        return new PolicySet(arms.Count, inPlan) { Policies = policies };
    }

    private static double[] Plan(StageOutputs stages, IReadOnlyList<string> arms, Guid[] members, bool[] inPlan)
    {
        var (eligible, propensities) = (stages.Eligibility, stages.Allocation.Propensities);
        var armOf = eligible.Campaigns.Select(campaign => ArmOf(arms, campaign)).ToArray();
        var width = eligible.Campaigns.Length + 1;
        var policy = new double[members.Length * arms.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var m = Array.BinarySearch(eligible.MemberIds, members[i]);
            inPlan[i] = m >= 0;
            policy[i * arms.Count] = inPlan[i] ? propensities[m * width] : 1;
            for (var c = 0; c < armOf.Length && inPlan[i]; c++)
            {
                policy[(i * arms.Count) + armOf[c]] += propensities[(m * width) + 1 + c];
            }
        }

        return policy;
    }

    private static int ArmOf(IReadOnlyList<string> arms, PlanCampaign campaign)
    {
        for (var arm = 1; arm < arms.Count; arm++)
        {
            if (arms[arm] == campaign.Action)
            {
                return arm;
            }
        }

        throw new ProblemException(
            ProblemType.NotReady, $"The experiment has no arm '{campaign.Action}' to judge '{campaign.Name}' by: it has {string.Join(", ", arms)}.");
    }

    private double[] Constant(int arm, double rate, bool everybody)
    {
        var policy = new double[_inPlan.Length * _arms];
        for (var i = 0; i < _inPlan.Length; i++)
        {
            var own = everybody || _inPlan[i] ? rate : 0;
            policy[i * _arms] += 1 - own;
            policy[(i * _arms) + arm] += own;
        }

        return policy;
    }

    private double[] RandomLike(TargetPolicy plan)
    {
        var (rates, eligible) = (new double[_arms], Math.Max(1, MembersInPlan));
        for (var cell = 0; cell < plan.Probabilities.Length; cell++)
        {
            rates[cell % _arms] += _inPlan[cell / _arms] ? plan.Probabilities[cell] / eligible : 0;
        }

        var policy = new double[plan.Probabilities.Length];
        for (var cell = 0; cell < policy.Length; cell++)
        {
            policy[cell] = _inPlan[cell / _arms] ? Math.Min(1, rates[cell % _arms]) : cell % _arms == 0 ? 1 : 0;
        }

        return policy;
    }
}
