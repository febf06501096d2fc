namespace Noah.Experimentation.Health;

/// <summary>One finding.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Blocks">Whether the experiment must not have a headline; else it is a warning.</param>
/// <param name="Subject">Where: a day as yyyy-MM-dd, "dimension = segment", a metric or an arm; null for the whole experiment.</param>
/// <param name="PValue">p, adjusted within its family; null where the finding is a count.</param>
/// <param name="Value">Size of the finding: relative excess of the arm furthest from plan, share of units or outcomes, standardised difference.</param>
/// <param name="Message">The finding in words.</param>
public sealed record HealthFinding(HealthFindingKind Kind, bool Blocks, string? Subject, double? PValue, double Value, string Message);
