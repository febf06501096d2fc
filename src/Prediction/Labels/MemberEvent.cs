namespace Noah.Prediction.Labels;

/// <summary>Something that a member did or received.</summary>
/// <param name="Member">Row of the member, in [0, members).</param>
/// <param name="At">When; its offset is the member's own, by which hours and days of the week are told.</param>
/// <param name="Kind">Index into the caller's list of kinds.</param>
/// <param name="Amount">Amount in the caller's currency; 0 where the kind has none. Finite; negative for a return.</param>
public readonly record struct MemberEvent(int Member, DateTimeOffset At, int Kind, double Amount = 0);
