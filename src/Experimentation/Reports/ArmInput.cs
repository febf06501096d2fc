namespace Noah.Experimentation.Reports;

/// <summary>One arm of an experiment.</summary>
/// <param name="Name">Name, unique in the experiment.</param>
/// <param name="ExpectedWeight">Planned weight, finite and above 0; the weights need not sum to one.</param>
/// <param name="Assigned">Units assigned to the arm, at least 0.</param>
/// <param name="IsControl">Whether it is the control; exactly one arm is.</param>
public sealed record ArmInput(string Name, double ExpectedWeight, long Assigned, bool IsControl);
