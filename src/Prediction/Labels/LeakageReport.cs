namespace Noah.Prediction.Labels;

/// <summary>What a leakage check found.</summary>
/// <param name="Findings">One for each feature and test that was made, those that passed among them.</param>
public sealed record LeakageReport(IReadOnlyList<LeakageFinding> Findings)
{
    /// <summary>The worst of the findings.</summary>
    public LeakageStatus Status => Findings.Select(finding => finding.Status).DefaultIfEmpty(LeakageStatus.Passes).Max();

    /// <summary>Names of the features that did not pass, in the order of the findings.</summary>
    public IReadOnlyList<string> Offenders =>
        [.. Findings.Where(finding => finding.Status != LeakageStatus.Passes).Select(finding => finding.Feature).Distinct(StringComparer.Ordinal)];

    /// <summary>Both reports as one.</summary>
    /// <param name="other">Of the same rows.</param>
    public LeakageReport And(LeakageReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new LeakageReport([.. Findings, .. other.Findings]);
    }
}
