namespace Noah.Bench;

/// <summary>One measured number.</summary>
/// <param name="Name">What it is; for a ratio with the peer's name.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Unit; <c>ratio</c> for one quantity over another.</param>
internal sealed record Figure(string Name, double Value, string Unit);
