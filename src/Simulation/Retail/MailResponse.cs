namespace Noah.Simulation.Retail;

/// <summary>What one member did after one decision; a delay counts from the sending and is null when it did not happen.</summary>
/// <param name="Bounced">The mail was refused; then nothing else of the mail happened.</param>
/// <param name="OpenedAfter">Delay of the open.</param>
/// <param name="ClickedAfter">Delay of the click; after the open.</param>
/// <param name="VisitedAfter">Delay of the visit; equal to the click where there was one.</param>
/// <param name="PurchasedAfter">Delay of the purchase; after the visit.</param>
/// <param name="Spend">Amount of the purchase in whole cents of the retailer's currency; 0 without one.</param>
/// <param name="UnsubscribedAfter">Delay of the unsubscribe; after the open.</param>
public readonly record struct MailResponse(
    bool Bounced,
    TimeSpan? OpenedAfter,
    TimeSpan? ClickedAfter,
    TimeSpan? VisitedAfter,
    TimeSpan? PurchasedAfter,
    double Spend,
    TimeSpan? UnsubscribedAfter);
