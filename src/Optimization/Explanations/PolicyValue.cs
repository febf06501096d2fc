using Noah.Optimization.Certificates;

namespace Noah.Optimization.Explanations;

/// <summary>Expected value of a policy on a program and what it does to the rules.</summary>
/// <param name="Value">Σ value · x, in money.</param>
/// <param name="ExpectedActions">Σ x: expected number of actions.</param>
/// <param name="Rows">Use of each row and by how much its bounds are broken; shape [rows].</param>
public sealed record PolicyValue(double Value, double ExpectedActions, IReadOnlyList<RowCertificate> Rows)
{
    /// <summary>Whether every rule is kept, within the certificate's tolerance.</summary>
    public bool KeepsRules => Rows.All(row => row.RelativeViolation <= Certificate.FeasibilityTolerance);
}
