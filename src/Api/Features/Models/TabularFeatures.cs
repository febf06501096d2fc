using Noah.Prediction.Features;

namespace Noah.Api.Features.Models;

/// <summary>
/// Features for learners that read numbers and single names only: a cyclic moment becomes its sine and cosine, a set of names how many they are and
/// in which of a few hashed groups.
/// </summary>
internal static class TabularFeatures
{
    // Names that share a group are told apart by nothing; the network keeps each its own.
    private const int Groups = 16;

    public static FeatureTable Of(FeatureTable table) => table.Columns.All(column => column.Spec.Kind is FeatureKind.Numeric or FeatureKind.Categorical)
        ? table
        : new FeatureTable([.. table.Columns.SelectMany(column => column.Spec.Kind switch
        {
            FeatureKind.Cyclic => Circle(column),
            FeatureKind.MultiValued => Indicators(column),
            _ => [column],
        })]);

    private static FeatureColumn[] Circle(FeatureColumn column)
    {
        float[] angles = Array.ConvertAll(column.Numbers.ToArray(), moment => 2 * MathF.PI * moment / column.Spec.Period!.Value);
        return
        [
            FeatureColumn.Numeric($"{column.Spec.Name} (sine)", Array.ConvertAll(angles, MathF.Sin)),
            FeatureColumn.Numeric($"{column.Spec.Name} (cosine)", Array.ConvertAll(angles, MathF.Cos)),
        ];
    }

    private static IEnumerable<FeatureColumn> Indicators(FeatureColumn column)
    {
        string[]?[] sets = column.NameSets.ToArray();
        yield return FeatureColumn.Numeric($"{column.Spec.Name} (count)", Array.ConvertAll(sets, set => set?.Length ?? float.NaN));
        int[]?[] groups = Array.ConvertAll(sets, set => set is null ? null : Array.ConvertAll(set, GroupOf));
        for (var group = 0; group < Groups; group++)
        {
            yield return FeatureColumn.Numeric(
                $"{column.Spec.Name} (group {group})", Array.ConvertAll(groups, of => of is null ? float.NaN : of.Contains(group) ? 1f : 0f));
        }
    }

    // FNV-1a: the same on every machine.
    private static int GroupOf(string name)
    {
        var hash = 2_166_136_261u;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 16_777_619u;
        }

        return (int)(hash % Groups);
    }
}
