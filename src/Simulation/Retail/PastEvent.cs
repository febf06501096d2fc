namespace Noah.Simulation.Retail;

/// <summary>Something a member did before the campaign.</summary>
/// <param name="Member">Index into <see cref="RetailerWorld.Members"/>.</param>
/// <param name="Kind">Opened a weekly mail, or bought.</param>
/// <param name="OccurredAt">Instant in UTC, before the campaign.</param>
/// <param name="Amount">Spend in the retailer's currency, in whole cents; 0 for an open.</param>
public readonly record struct PastEvent(int Member, PastEventKind Kind, DateTimeOffset OccurredAt, double Amount);
