using Noah.Simulation.Draws;

namespace Noah.Simulation.Retail;

/// <summary>Draws the past campaign: an arm by a fair three-sided coin, then the outcome from the truth of that arm.</summary>
internal static class CampaignDraw
{
    private const double MeanVisitDelayDays = 2;

    public static CampaignObservation Observation(RetailerOptions options, RetailerTruth truth, RetailZone zone, int member)
    {
        var assignment = new RandomStream(options.Seed, StreamPurpose.Assignment, member);
        var arm = (CampaignArm)assignment.NextIndex(3);
        var exposedAt = options.CampaignAt.ToUniversalTime();
        var draws = new RandomStream(options.Seed, StreamPurpose.Outcome, member);
        if (!draws.NextBernoulli(truth.VisitProbability(member, arm)))
        {
            return new CampaignObservation(member, arm, exposedAt, null, null, 0);
        }

        var visitedAt = VisitTime(options, truth, zone, member, exposedAt, ref draws);
        if (!draws.NextBernoulli(truth.PurchaseGivenVisit(member, arm)))
        {
            return new CampaignObservation(member, arm, exposedAt, visitedAt, null, 0);
        }

        var purchasedAt = visitedAt.AddSeconds(60 + draws.NextIndex(1_200));
        return new CampaignObservation(member, arm, exposedAt, visitedAt, purchasedAt, truth.DrawAmount(member, ref draws));
    }

    private static DateTimeOffset VisitTime(
        RetailerOptions options, RetailerTruth truth, RetailZone zone, int member, DateTimeOffset exposedAt, ref RandomStream draws)
    {
        // The day follows the delay, the hour the habit; both stay inside the window, half an hour before whose end a visit still buys in it.
        var day = Math.Min(draws.NextExponential(MeanVisitDelayDays), options.OutcomeDays - 1);
        var hour = truth.Habit(member).DrawHour(ref draws);
        var visit = zone.ToInstant(zone.ToLocal(exposedAt).Date.AddDays((int)day).AddHours(hour).AddSeconds(draws.NextIndex(3_600)));
        var earliest = exposedAt.AddMinutes(1 + draws.NextIndex(600));
        return visit < earliest ? earliest : visit;
    }
}
