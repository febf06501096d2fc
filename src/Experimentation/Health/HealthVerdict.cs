namespace Noah.Experimentation.Health;

/// <summary>Whether an experiment may have a headline.</summary>
/// <param name="Findings">All findings, the blocking ones first, then in the order of their kinds.</param>
public sealed record HealthVerdict(IReadOnlyList<HealthFinding> Findings)
{
    /// <summary>Whether any finding blocks: the report then leads with it and shows no effect as one.</summary>
    public bool Sick => Findings.Any(finding => finding.Blocks);
}
