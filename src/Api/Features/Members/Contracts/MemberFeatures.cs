using Noah.Prediction.Features;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>Attributes as predictors see them.</summary>
internal static class MemberFeatures
{
    /// <summary>Behind the name of a date: where in the year it lies.</summary>
    public const string DayOfYear = " (day of year)";

    private static readonly DateTime Start = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <param name="column">The attribute.</param>
    /// <param name="name">What the features are called after.</param>
    public static IEnumerable<FeatureColumn> Of(MemberColumn column, string name) => column switch
    {
        { Sets: { } sets } => [FeatureColumn.MultiValued(name, sets)],
        { Texts: { } texts } => [FeatureColumn.Categorical(name, texts)],
        { Type: AttributeType.Date, Numbers: { } days } =>
            [FeatureColumn.Numeric(name, days), FeatureColumn.Cyclic(name + DayOfYear, Array.ConvertAll(days, PlaceInYear), CyclePeriod.DaysOfYear)],
        _ => [FeatureColumn.Numeric(name, column.Numbers!)],
    };

    // Dates are days since 1970, which single precision holds exactly.
    private static float PlaceInYear(float days) => float.IsNaN(days) ? float.NaN : Start.AddDays(days).DayOfYear - 1;
}
