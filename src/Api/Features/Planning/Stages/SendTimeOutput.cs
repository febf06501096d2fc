namespace Noah.Api.Features.Planning.Stages;

/// <summary>When each send is due.</summary>
/// <param name="DueAt">Ticks in UTC, one a sender; 0 where nothing is mailed or no hour of the campaign's window is allowed.</param>
/// <param name="LocalHours">Hour of the recipient's day, one a sender.</param>
/// <param name="Propensities">Probability of that hour, one a sender.</param>
/// <param name="Reasons">Index into <see cref="ReasonNames"/>, one a sender.</param>
internal sealed record SendTimeOutput(long[] DueAt, byte[] LocalHours, double[] Propensities, byte[] Reasons)
{
    /// <summary>Why an hour was chosen.</summary>
    public static readonly string[] ReasonNames = ["personal", "population", "control", "onlyAllowedHour", "noAllowedHour", "paid"];

    public const byte NoAllowedHour = 4;

    /// <summary>The platform that sells the advertisement decides when it is seen.</summary>
    public const byte Paid = 5;
}
