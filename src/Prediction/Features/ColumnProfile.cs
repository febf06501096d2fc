namespace Noah.Prediction.Features;

/// <summary>What is known of a column after the batches so far.</summary>
internal abstract class ColumnProfile
{
    /// <param name="spec">Of the column.</param>
    /// <param name="countedNames">Names that are counted exactly.</param>
    public static ColumnProfile Of(FeatureSpec spec, int countedNames) =>
        spec.Kind is FeatureKind.Numeric or FeatureKind.Cyclic ? new NumberProfile(spec) : new NameProfile(spec, countedNames);

    public abstract void Add(FeatureColumn column);

    /// <summary>What is odd about the column, if anything.</summary>
    /// <param name="keptNames">Names with a code of their own; null where all have one, or none.</param>
    public abstract ColumnWarning? Check(int? keptNames = null);
}
