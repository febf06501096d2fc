namespace Noah.Bench;

/// <summary>What a study measured.</summary>
internal sealed record StudyResult(IReadOnlyList<Figure> Figures, IReadOnlyList<Target> Targets)
{
    /// <summary>What a reader of the figures must know and no figure says, such as a part that was skipped.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool Passed => Targets.All(target => target.Met);
}
