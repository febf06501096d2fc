namespace Noah.Prediction.Features;

/// <summary>Usual periods of cyclic features. Any other may be declared.</summary>
public static class CyclePeriod
{
    /// <summary>Hours of a day: values in [0, 24).</summary>
    public const float HoursOfDay = 24;

    /// <summary>Days of a week: values in [0, 7), from whatever day the host counts.</summary>
    public const float DaysOfWeek = 7;

    /// <summary>Days of a year, counted from 0: values in [0, 366), so that the last day of a leap year has a place.</summary>
    public const float DaysOfYear = 366;
}
