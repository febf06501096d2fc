namespace Noah.Bench;

/// <summary>A bound that a figure must keep.</summary>
/// <param name="Name">What is bounded.</param>
/// <param name="Value">The figure.</param>
/// <param name="Comparison">&lt;= or &gt;=.</param>
/// <param name="Bound">The bound.</param>
internal sealed record Target(string Name, double Value, string Comparison, double Bound)
{
    // NaN meets nothing.
    public bool Met => Comparison == "<=" ? Value <= Bound : Value >= Bound;

    public static Target AtMost(string name, double value, double bound) => new(name, value, "<=", bound);

    public static Target AtLeast(string name, double value, double bound) => new(name, value, ">=", bound);
}
