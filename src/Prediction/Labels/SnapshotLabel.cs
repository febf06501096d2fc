namespace Noah.Prediction.Labels;

/// <summary>Whether a label can still change.</summary>
public enum LabelStatus
{
    /// <summary>The outcome window has passed, and was at least <see cref="SnapshotDesign.FollowUpDays"/> long.</summary>
    Mature,

    /// <summary>
    /// The window goes on behind the reference: no outcome so far does not mean none. Leave the row out, or give it with
    /// <see cref="SnapshotLabel.ElapsedDays"/> and <see cref="SnapshotLabel.DelayDays"/> to a model of delays.
    /// </summary>
    Immature,
}

/// <summary>What followed the snapshot of one member.</summary>
/// <param name="Status">Whether the label can still change.</param>
/// <param name="Treated">Whether there was a treatment in [D, D + W_T).</param>
/// <param name="Converted">Whether there was an outcome from D + W_T to the end of the window or the reference, which is itself inside.</param>
/// <param name="Amount">Sum of the outcomes' amounts.</param>
/// <param name="ElapsedDays">Days from D + W_T to the end of the window or the reference, whichever is first; at least 0.</param>
/// <param name="DelayDays">Days from D + W_T to the first outcome; null without one.</param>
public readonly record struct SnapshotLabel(
    LabelStatus Status, bool Treated, bool Converted, double Amount, double ElapsedDays, double? DelayDays);
