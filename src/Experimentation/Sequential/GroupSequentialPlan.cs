namespace Noah.Experimentation.Sequential;

/// <summary>A group-sequential design with power.</summary>
/// <param name="Drift">
/// Expected Z at the full information under the effect that the power is for. Over (z_α + z_β) its square is the inflation of the sample.
/// </param>
/// <param name="Looks">The looks, in order.</param>
public sealed record GroupSequentialPlan(double Drift, IReadOnlyList<GroupSequentialLook> Looks);
