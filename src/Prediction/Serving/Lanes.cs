namespace Noah.Prediction.Serving;

/// <summary>
/// Rows are scored 32 at a time, side by side: a number of the network is kept as [32], one for each row. Then layers of any width are
/// multiplied without padding, and whatever goes number by number (crossings, gates, attention) is vector code as it stands.
/// </summary>
internal static class Lanes
{
    public const int Rows = 32;

    /// <summary>Rows of the longest vector.</summary>
    public const int Half = Rows / 2;
}
