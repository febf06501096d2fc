namespace Noah.Experimentation.Power;

/// <summary>A relative change: 0.05 is five percent more.</summary>
/// <param name="Participation">Change of the share of units with a positive value, above −1; of the mean itself for a mean or ratio.</param>
/// <param name="Amount">Change of the mean amount of those, above −1; default 0.</param>
public readonly record struct MetricLift(double Participation, double Amount = 0)
{
    /// <summary>Change of the mean per unit.</summary>
    public double OfMean => ((1 + Participation) * (1 + Amount)) - 1;

    /// <summary>The same direction, a factor as far.</summary>
    internal MetricLift Times(double factor) => new(Participation * factor, Amount * factor);
}
