using Noah.Prediction.Features;

namespace Noah.Api.Features.Models;

/// <summary>Tables that came in batches, put together.</summary>
internal static class FeatureTables
{
    /// <param name="batches">At least one, all with the same features.</param>
    public static FeatureTable Concat(IReadOnlyList<FeatureTable> batches) => new([.. batches[0].Schema.Select(spec =>
    {
        FeatureColumn[] parts = [.. batches.Select(batch => batch.Column(spec))];
        return spec.Kind switch
        {
            FeatureKind.Numeric => FeatureColumn.Numeric(spec.Name, Join(parts, part => part.Numbers)),
            FeatureKind.Cyclic => FeatureColumn.Cyclic(spec.Name, Join(parts, part => part.Numbers), spec.Period!.Value),
            FeatureKind.Categorical => FeatureColumn.Categorical(spec.Name, Join(parts, part => part.Names)),
            _ => FeatureColumn.MultiValued(spec.Name, Join(parts, part => part.NameSets)),
        };
    })]);

    private static T[] Join<T>(FeatureColumn[] parts, Values<T> values)
    {
        var joined = new T[parts.Sum(part => part.Rows)];
        var at = 0;
        foreach (var part in parts)
        {
            values(part).CopyTo(joined.AsSpan(at));
            at += part.Rows;
        }

        return joined;
    }

    private delegate ReadOnlySpan<T> Values<T>(FeatureColumn part);
}
