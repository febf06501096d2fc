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

    /// <summary>
    /// Groups of 32 rows that pass a layer together, so that a block of its weights is fetched once for all of them: weights of a network don't
    /// fit the first cache, and where others use the second one too they come from far (DCNv2 in
    /// floats: 2.0 to 3.0 µs a row with one group, 2.1 with four, on a shared machine).
    /// </summary>
    public const int MostGroups = 4;
}
