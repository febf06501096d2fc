using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>What other ways of sending would come to by the same forecast.</summary>
internal sealed class PlanComparisons(PlanningTerms terms, StageOutputs stages, MoneyText money, Forecast plan)
{
    public const string Random = "randomAtEqualVolume";
    public const string SendToAll = "sendToAll";
    public const string Previous = "previousPlan";

    private readonly int _width = stages.Eligibility.Campaigns.Length;

    public IReadOnlyList<Comparison> All(PreviousPlan? previous)
    {
        var comparisons = new List<Comparison> { RandomAtEqualVolume(), BestForEverybody() };
        comparisons.AddRange(Enumerable.Range(0, _width).Select(Everybody));
        if (previous is not null)
        {
            comparisons.Add(Compare(
                Previous, $"The plan before, '{previous.DisplayName}'.", previous.Totals.Sends, previous.Totals.Cost.Amount,
                (double)previous.Totals.IncrementalValue.Expected.Amount));
        }

        return comparisons;
    }

    private Comparison RandomAtEqualVolume()
    {
        var value = 0.0;
        for (var c = 0; c < _width; c++)
        {
            var (eligible, _, worth) = Worth(c);
            value += eligible == 0 ? 0 : stages.Allocation.Choices.Count(choice => choice == c) * worth / eligible;
        }

        return Compare(
            Random, $"As many sends of each campaign, to eligible {Unit}s drawn at random.", plan.Sends, plan.Cost.Amount, value);
    }

    private Comparison BestForEverybody()
    {
        var best = new Dictionary<Guid, (double Value, decimal Cost)>();
        for (var m = 0; m < stages.Eligibility.MemberIds.Length; m++)
        {
            for (var c = 0; c < _width; c++)
            {
                var unit = stages.Eligibility.UnitOf(m);
                if (stages.Offers(m, c) && (!best.TryGetValue(unit, out var known) || DecisionReason.Value(stages, m, c) > known.Value))
                {
                    best[unit] = (DecisionReason.Value(stages, m, c), stages.Cost(m, c));
                }
            }
        }

        return Compare(
            SendToAll, $"The best campaign to every eligible {Unit}, whatever it costs.", best.Count, best.Values.Sum(b => b.Cost), best.Values.Sum(b => b.Value));
    }

    private Comparison Everybody(int campaign)
    {
        var (eligible, cost, worth) = Worth(campaign);
        var name = stages.Eligibility.Campaigns[campaign].Name;
        return Compare(
            $"everybody: {name}", $"'{name}' to every eligible {Unit}, whatever it costs.", eligible, cost, worth);
    }

    private string Unit => terms.PerAccount ? "account" : "member";

    private (int Eligible, decimal Cost, double Worth) Worth(int campaign)
    {
        var (eligible, cost, worth) = (0, 0m, 0.0);
        for (var m = 0; m < stages.Eligibility.MemberIds.Length; m++)
        {
            if (stages.Offers(m, campaign))
            {
                eligible++;
                cost += stages.Cost(m, campaign);
                worth += DecisionReason.Value(stages, m, campaign);
            }
        }

        return (eligible, cost, worth);
    }

    private Comparison Compare(string policy, string description, double sends, decimal cost, double value) => new(
        policy, description, sends, money.Of(cost), money.Of(value), money.Of((double)plan.IncrementalValue.Expected.Amount - value), cost <= terms.Budget);
}

/// <summary>The plan that was solved before this one.</summary>
internal sealed record PreviousPlan(string DisplayName, Forecast Totals);
