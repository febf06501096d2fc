using Noah.Prediction.Lifetime;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Sets a new model beside the active version, on the customers that were kept back from both: the split goes by the member's hash and the seed.</summary>
internal sealed class ActiveVersionJudge(CustomerLogReader reader)
{
    // What a nearby horizon says may be stretched to another by their ratio; what is further away may not.
    private const double MostStretch = 1.25;

    /// <param name="value">What is valued.</param>
    /// <param name="active">Its version in use.</param>
    /// <param name="model">The new one.</param>
    /// <param name="options">Its horizons.</param>
    /// <param name="log">What the new one was trained from.</param>
    /// <param name="momentOf">The day on which each member was looked at.</param>
    /// <param name="reachDays">Days before the reference that the log holds events of.</param>
    /// <param name="moments">Customers of the new training.</param>
    /// <param name="labels">What they brought.</param>
    /// <param name="judged">Places of those kept back.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where the active version can't be used any more: an attribute is gone, or no horizon is near.</returns>
    public async Task<LifetimeComparison?> CompareAsync(
        LifetimeValue value, LifetimeValueVersion active, LifetimeModel model, LifetimeOptions options, CustomerLog log, Func<int, DateTimeOffset> momentOf,
        int reachDays, CustomerMoments moments, LifetimeLabels labels, int[] judged, CancellationToken cancellationToken)
    {
        var stored = StoredLifetimeModel.Of(value, active);
        if (stored.Parameters.Attributes.Except(log.Members.Columns.Select(column => column.Name)).Any()
            || Horizon(options.HorizonDays, stored.Options.AllHorizonDays) is not (var days, var theirDays))
        {
            return null;
        }

        var specification = value.ReadSpecification();
        // Its features are columns by the types of events of then, in the order of then.
        var theirLog = stored.Parameters.EventKinds.SequenceEqual(log.Kinds)
            ? log
            : await reader.ReadAsync(specification, log.Reference, reachDays, stored.Parameters.EventKinds, cancellationToken);
        int[] shown = judged.Length <= LifetimeComparison.MostCustomers ? judged : [.. judged.Where((_, i) => i % ((judged.Length / LifetimeComparison.MostCustomers) + 1) == 0)];
        var theirMoments = CustomerMoments.Build(theirLog, momentOf, stored.Parameters.Attributes, specification.ValueEvents);
        return await Task.Run(
            () => LifetimeComparison.Of(
                active.Number,
                days,
                Means(model, moments.Select(shown).Table, Place(options, days), 1),
                Means(stored.Model, theirMoments.Select(shown).Table, Place(stored.Options, theirDays), (double)days / theirDays),
                labels.Select(shown).Amounts[Place(options, days)],
                specification.Seed),
            cancellationToken);
    }

    /// <summary>The longest horizon with known amounts that the other version has too, or one that is near.</summary>
    private static (int Days, int TheirDays)? Horizon(IReadOnlyList<int> known, IReadOnlyList<int> theirs)
    {
        if (known.Intersect(theirs).ToArray() is [.., var common])
        {
            return (common, common);
        }

        var nearest = theirs.MinBy(days => Math.Abs(days - known[^1]));
        return Math.Max(nearest, known[^1]) <= MostStretch * Math.Min(nearest, known[^1]) ? (known[^1], nearest) : null;
    }

    private static int Place(LifetimeOptions options, int days) => Enumerable.Range(0, options.AllHorizonDays.Count).First(place => options.AllHorizonDays[place] == days);

    private static float[] Means(LifetimeModel model, LifetimeTable table, int place, double times) =>
        Array.ConvertAll(model.Predict(table), prediction => (float)((prediction.Horizons[place]?.Mean ?? 0) * times));
}
