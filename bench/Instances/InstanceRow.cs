using Noah.Optimization.Programs;

namespace Noah.Bench.Instances;

/// <summary>A coupling row before its program is built.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind">What it limits.</param>
/// <param name="Measure">Index of the measure.</param>
/// <param name="Lower">Least use, or null.</param>
/// <param name="Upper">Greatest use, or null.</param>
/// <param name="Actions">Actions that count; empty for all.</param>
internal sealed record InstanceRow(string Name, RowKind Kind, int Measure, double? Lower, double? Upper, int[] Actions);
