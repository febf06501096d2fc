namespace Noah.Experimentation.Statistics;

/// <summary>A two-sided interval, both ends included.</summary>
/// <param name="Lower">Lower end, in the unit of the quantity it belongs to.</param>
/// <param name="Upper">Upper end, not below <paramref name="Lower"/>.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Whether the value lies in the interval, ends included.</summary>
    /// <param name="value">Value in the interval's unit; NaN is never contained.</param>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    internal static Interval Around(double centre, double halfWidth) => new(centre - halfWidth, centre + halfWidth);
}
