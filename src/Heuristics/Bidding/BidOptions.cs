namespace Noah.Heuristics.Bidding;

/// <summary>Limits of a bid.</summary>
/// <param name="Floor">Least bid that the exchange takes, in money, ≥ 0; default 0. A value below it means no bid: raising it would buy
/// at a loss.</param>
/// <param name="Cap">Greatest bid, in money, ≥ <paramref name="Floor"/>; null, the default, for none.</param>
public sealed record BidOptions(double Floor = 0, double? Cap = null)
{
    internal void Validate()
    {
        if (!(double.IsFinite(Floor) && Floor >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Floor), Floor, "The floor must be finite and at least 0.");
        }

        if (Cap is { } cap && !(double.IsFinite(cap) && cap >= Floor))
        {
            throw new ArgumentOutOfRangeException(nameof(Cap), cap, "The cap must be finite and at least the floor.");
        }
    }
}
