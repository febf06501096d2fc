namespace Noah.Experimentation.OffPolicy;

/// <summary>
/// Difference of two target policies, first minus second, in reward per unit. Both are scored on the same units, so the errors are
/// paired: units on which the policies agree add nothing to them.
/// </summary>
/// <param name="Status">The weaker of the two policies' overlap.</param>
/// <param name="Ips">Difference of the inverse propensity estimates; null where overlap is missing.</param>
/// <param name="SelfNormalizedIps">Difference of the self-normalised estimates.</param>
/// <param name="DoublyRobust">Difference of the doubly robust estimates; null also without predictions.</param>
public sealed record PolicyContrast(
    OverlapStatus Status,
    PolicyEstimate? Ips,
    PolicyEstimate? SelfNormalizedIps,
    PolicyEstimate? DoublyRobust)
{
    /// <summary>Difference of the direct estimates; null also without predictions.</summary>
    public PolicyEstimate? DirectMethod { get; init; }

    /// <summary>Difference of the switched estimates, each with its own switch; null also without predictions.</summary>
    public PolicyEstimate? SwitchDoublyRobust { get; init; }
}
