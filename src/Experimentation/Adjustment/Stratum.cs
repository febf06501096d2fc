using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>One stratum, within which the split was constant: a day, a segment, a shard.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Treatment">Moments of the treatment arm.</param>
/// <param name="Control">Moments of the control arm.</param>
public sealed record Stratum(string Name, Moments Treatment, Moments Control);
