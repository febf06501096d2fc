namespace Noah.Bench;

/// <summary>What a study measured.</summary>
internal sealed record StudyResult(IReadOnlyList<Figure> Figures, IReadOnlyList<Target> Targets)
{
    public bool Passed => Targets.All(target => target.Met);
}
