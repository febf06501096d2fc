namespace Noah.Experimentation.Health;

/// <summary>A segment of units.</summary>
/// <param name="Dimension">Name of the dimension, such as "country".</param>
/// <param name="Value">Value of it.</param>
/// <param name="Units">Units per arm.</param>
public sealed record HealthSegment(string Dimension, string Value, IReadOnlyList<long> Units);
