namespace Noah.Optimization.Online;

/// <summary>What a unit gets at the prices of a plan.</summary>
/// <param name="Choices">Chosen actions, best first; empty for no action.</param>
/// <param name="Margin">
/// Least amount of money by which some reduced value would have to move for another choice to be as good, ≥ 0; 0 is a tie, where the plan itself may have
/// drawn either. Null when the caps or the candidates leave no other choice.
/// </param>
public sealed record OnlineDecision(IReadOnlyList<OnlineChoice> Choices, double? Margin)
{
    /// <summary>Σ surplus of the choices, ≥ 0, in money.</summary>
    public double Surplus => Choices.Sum(choice => choice.Surplus);
}
