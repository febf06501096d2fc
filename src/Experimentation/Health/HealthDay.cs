namespace Noah.Experimentation.Health;

/// <summary>A day.</summary>
/// <param name="Date">The day.</param>
/// <param name="NewUnits">Units first exposed on it, per arm.</param>
/// <param name="Outcomes">Outcome events that happened on it, per arm, of any unit.</param>
public sealed record HealthDay(DateOnly Date, IReadOnlyList<long> NewUnits, IReadOnlyList<long> Outcomes);
