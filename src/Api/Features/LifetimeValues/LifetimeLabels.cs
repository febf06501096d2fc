using Noah.Prediction.Labels;
using Noah.Prediction.Lifetime;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>What customers brought after their moments.</summary>
/// <param name="Amounts">[horizons][customers] discounted contribution, at least 0 and not falling with the horizon.</param>
/// <param name="Negative">Customers whose returns exceeded their purchases somewhere, or shrank a longer horizon below a shorter one.</param>
internal sealed record LifetimeLabels(float[][] Amounts, int Negative)
{
    private static readonly HashSet<int> NoTreatments = [], Money = [0];

    public static LifetimeLabels Read(CustomerLog log, CustomerMoments moments, LifetimeWindows windows, LifetimeOptions options)
    {
        var count = moments.MemberRows.Length;
        var negative = new bool[count];
        var amounts = new List<float[]>();
        foreach (var days in windows.KnownDays)
        {
            var design = windows.Design with { HorizonDays = days, FollowUpDays = days };
            var labels = SnapshotLabels.Read(design, moments.Moments, Discounted(log, moments, options), NoTreatments, Money);
            if (labels.Any(label => label.Status != LabelStatus.Mature))
            {
                throw new InvalidOperationException("A snapshot was drawn whose horizon has not passed.");
            }

            var before = amounts.Count > 0 ? amounts[^1] : new float[count];
            amounts.Add([.. labels.Select((label, i) => Math.Max(before[i], (float)label.Amount))]);
            for (var i = 0; i < count; i++)
            {
                negative[i] |= labels[i].Amount < before[i] - 1e-6;
            }
        }

        return new LifetimeLabels([.. amounts], negative.Count(below => below));
    }

    private static IEnumerable<MemberEvent> Discounted(CustomerLog log, CustomerMoments moments, LifetimeOptions options)
    {
        for (var i = 0; i < moments.MemberRows.Length; i++)
        {
            foreach (var (at, contribution) in log.Histories[moments.MemberRows[i]].Movements.Where(movement => movement.At >= moments.Moments[i]))
            {
                yield return new MemberEvent(i, at, 0, contribution * options.DiscountOf((at - moments.Moments[i]).TotalDays));
            }
        }
    }

    public LifetimeLabels Select(int[] customers) => this with { Amounts = [.. Amounts.Select(horizon => customers.Select(i => horizon[i]).ToArray())] };
}
