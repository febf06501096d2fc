namespace Noah.Prediction.Labels;

/// <summary>Reads treatments and outcomes of members out of a log, each in the windows that follow the member's own snapshot.</summary>
public static class SnapshotLabels
{
    /// <summary>
    /// Labels every member. An event exactly at D belongs to the treatment window, one exactly at D + W_T to the outcome window, one exactly
    /// at the reference still counts, and one exactly at the end of a horizon does not; what is later than the reference is not read.
    /// </summary>
    /// <param name="design">Windows.</param>
    /// <param name="snapshots">[members] D of each, as drawn by the design or the caller's own.</param>
    /// <param name="events">In any order.</param>
    /// <param name="treatmentKinds">Kinds of events that are treatments; may be empty.</param>
    /// <param name="outcomeKinds">Kinds of events that are outcomes; at least one, none of them a treatment.</param>
    /// <returns>[members].</returns>
    /// <exception cref="ArgumentException">The design is outside its ranges, a kind is both, or an event's member or amount is impossible.</exception>
    public static SnapshotLabel[] Read(
        SnapshotDesign design, IReadOnlyList<DateTimeOffset> snapshots, IEnumerable<MemberEvent> events, IReadOnlySet<int> treatmentKinds,
        IReadOnlySet<int> outcomeKinds)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(treatmentKinds);
        ArgumentNullException.ThrowIfNull(outcomeKinds);
        design.Validate();
        if (outcomeKinds.Count == 0 || outcomeKinds.Overlaps(treatmentKinds))
        {
            throw new ArgumentException("There must be at least one kind of outcome, and none that is a treatment as well.", nameof(outcomeKinds));
        }
        Window[] windows = [.. snapshots.Select(snapshot => Window.Of(design, snapshot))];
        foreach (var happening in events)
        {
            Require(happening, windows.Length);
            var window = windows[happening.Member];
            if (treatmentKinds.Contains(happening.Kind))
            {
                window.Treated |= happening.At >= window.Snapshot && happening.At < window.Start && happening.At <= design.Reference;
            }
            else if (outcomeKinds.Contains(happening.Kind) && window.Holds(happening.At, design.Reference))
            {
                window.Converted = true;
                window.Amount += happening.Amount;
                window.First = happening.At < window.First ? happening.At : window.First;
            }
        }
        return [.. windows.Select(window => window.Label(design))];
    }

    internal static void Require(MemberEvent happening, int members)
    {
        if ((uint)happening.Member >= (uint)members)
        {
            throw new ArgumentOutOfRangeException(
                nameof(happening), happening.Member, $"The member of the event at {happening.At:O} must be in [0, {members}).");
        }
        if (!double.IsFinite(happening.Amount))
        {
            throw new ArgumentOutOfRangeException(
                nameof(happening), happening.Amount, $"The amount of member {happening.Member}'s event at {happening.At:O} must be finite.");
        }
    }

    private sealed class Window
    {
        public required DateTimeOffset Snapshot { get; init; }

        /// <summary>D + W_T.</summary>
        public required DateTimeOffset Start { get; init; }

        /// <summary>End of the horizon, itself outside; null without a horizon.</summary>
        public required DateTimeOffset? End { get; init; }

        public bool Treated { get; set; }

        public bool Converted { get; set; }

        public double Amount { get; set; }

        public DateTimeOffset First { get; set; } = DateTimeOffset.MaxValue;

        public static Window Of(SnapshotDesign design, DateTimeOffset snapshot)
        {
            var start = snapshot.AddDays(design.TreatmentDays);
            return new Window { Snapshot = snapshot, Start = start, End = design.HorizonDays is { } days ? start.AddDays(days) : null };
        }

        public bool Holds(DateTimeOffset at, DateTimeOffset reference) => at >= Start && at <= reference && !(at >= End);

        public SnapshotLabel Label(SnapshotDesign design)
        {
            var seenTo = End < design.Reference ? End.Value : design.Reference;
            double elapsed = Math.Max(0, (seenTo - Start).TotalDays);
            bool mature = (design.Reference - Start).TotalDays >= design.FollowUpDays && !(End > design.Reference);
            return new SnapshotLabel(
                mature ? LabelStatus.Mature : LabelStatus.Immature, Treated, Converted, Amount, elapsed, Converted ? (First - Start).TotalDays : null);
        }
    }
}
