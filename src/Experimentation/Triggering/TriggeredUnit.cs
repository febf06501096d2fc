namespace Noah.Experimentation.Triggering;

/// <summary>
/// A unit over all its runs. It belongs to the cell of the first run in which the policies disagree; outcomes before that run
/// cannot differ between arms, those from it on can, also in later runs where the policies agree again.
/// </summary>
internal readonly record struct TriggeredUnit(bool Treated, double Weight)
{
    internal TriggerCell Cell { get; private init; }

    /// <summary>Outcome before the policies disagreed.</summary>
    internal double Before { get; private init; }

    /// <summary>Outcome since they did.</summary>
    internal double Since { get; private init; }

    internal double Sends { get; private init; }

    internal double Cost { get; private init; }

    internal TriggeredUnit With(TriggerCell cell, double outcome, bool sent, double cost)
    {
        var now = Cell == TriggerCell.Agree ? cell : Cell;
        return this with
        {
            Cell = now,
            Before = Before + (now == TriggerCell.Agree ? outcome : 0),
            Since = Since + (now == TriggerCell.Agree ? 0 : outcome),
            Sends = Sends + (sent ? 1 : 0),
            Cost = Cost + cost,
        };
    }
}
