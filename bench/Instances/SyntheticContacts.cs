using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>
/// Contacts in number: 20 numbers and 10 features with 349,000 names in all, popular ones first. A click hangs on both and on products of
/// numbers; so does an amount, lognormal where there is one.
/// </summary>
/// <param name="Features">[rows × 30].</param>
/// <param name="Clicks">[rows] 0 or 1, about 13 %.</param>
/// <param name="Amounts">[rows] above 0 in about 27 %.</param>
internal sealed record SyntheticContacts(FeatureTable Features, float[] Clicks, float[] Amounts)
{
    public const int MostNames = ContactWorld.MostNames;

    public static SyntheticContacts Draw(int rows, ulong seed, ulong world = 1) => new ContactWorld(world).Draw(seed, 0, rows);

    /// <summary>The same rows in batches, each drawn when it is asked for.</summary>
    public static IEnumerable<SyntheticContacts> Batches(ContactWorld world, int rows, ulong seed, int batchRows)
    {
        for (var first = 0; first < rows; first += batchRows)
        {
            yield return world.Draw(seed, first, Math.Min(batchRows, rows - first));
        }
    }

    public static SyntheticContacts Of(float[][] numbers, string?[][] names, float[] clicks, float[] amounts) => new(
        new FeatureTable(
        [
            .. numbers.Select((values, j) => FeatureColumn.Numeric($"x{j}", values)),
            .. names.Select((values, c) => FeatureColumn.Categorical($"c{c}", values)),
        ]),
        clicks, amounts);
}
