using Noah.Api.Features.Events.Contracts;
using Noah.Experimentation.Assignment;
using Noah.Heuristics.SendTime;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>
/// Fifth stage: each send's hour from the recipient's own habits shrunk to everybody's, never in quiet hours and never outside the campaign's
/// window; a tenth goes at a fixed hour, so that the worth of choosing can be measured.
/// </summary>
internal sealed class SendTimeStage(IEventHistory events, TimeProvider clock)
{
    private static readonly TimeSpan History = TimeSpan.FromDays(365);
    /// <summary>Answers to mail. Imported visits and purchases often carry a day rather than an hour.</summary>
    private static readonly string[] Engagements = ["open", "click"];

    public async Task<SendTimeOutput> RunAsync(
        PlanningTerms terms, EligibilityOutput eligible, AllocationOutput allocation, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var senders = allocation.Senders();
        var counts = await events.LocalHourCountsAsync(Engagements, [.. senders.Select(sender => eligible.MemberIds[sender])], now - History, now, cancellationToken);
        var model = new SendHourModel(Counts(counts.Everybody));
        var calendars = new Dictionary<(int Campaign, int Zone), SendCalendar>();
        var output = new SendTimeOutput(new long[senders.Length], new byte[senders.Length], new double[senders.Length], new byte[senders.Length]);
        for (var s = 0; s < senders.Length; s++)
        {
            var (member, zone) = (eligible.MemberIds[senders[s]], eligible.ZoneIndex[senders[s]]);
            var key = (Campaign: allocation.Choices[senders[s]], Zone: zone);
            if (eligible.Campaigns[key.Campaign].Paid)
            {
                output.Reasons[s] = SendTimeOutput.Paid;
                continue;
            }

            if (!calendars.TryGetValue(key, out var calendar))
            {
                var campaign = eligible.Campaigns[key.Campaign];
                var from = campaign.StartsAt > now ? campaign.StartsAt : now;
                calendars[key] = calendar = new SendCalendar(eligible.Zones[zone], from, campaign.EndsAt, terms.AllowedHours);
            }

            var own = counts.Members.TryGetValue(member, out var hours) ? Counts(hours) : new double[24];
            double Draw(string purpose) => SaltedHash.Uniform(member, $"{purpose} {terms.Seed}");
            if (!model.TryChoose(own, calendar.Allowed, Draw("control"), Draw("hour"), out var choice))
            {
                output.Reasons[s] = SendTimeOutput.NoAllowedHour;
                continue;
            }

            output.DueAt[s] = calendar.Due(choice.Hour, Draw("day"), Draw("minute")).Ticks;
            output.LocalHours[s] = (byte)choice.Hour;
            output.Propensities[s] = choice.Probability;
            output.Reasons[s] = (byte)choice.Reason;
        }

        return output;
    }

    private static double[] Counts(int[] hours) => Array.ConvertAll(hours, count => (double)count);
}
