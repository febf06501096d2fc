namespace Noah.Experimentation.Power;

/// <summary>Probabilities of the final finding.</summary>
/// <param name="Positive">That treatment is found better, in [0, 1].</param>
/// <param name="Negative">That it is found worse.</param>
public sealed record ConditionalPowerResult(double Positive, double Negative)
{
    /// <summary>That any difference is found.</summary>
    public double Total => Positive + Negative;
}
