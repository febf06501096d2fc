namespace Noah.Prediction.Labels;

/// <summary>What one test says of one feature.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Test">The test.</param>
/// <param name="Status">What it says.</param>
/// <param name="Rows">Rows that offend: too late, or of another value. 0 for tests of a feature as a whole.</param>
/// <param name="FirstRow">The first of them; null where there is none.</param>
/// <param name="Late">By how much that row's source is behind the snapshot; zero for one exactly at it. Null for other tests.</param>
/// <param name="Statistic">AUC in [0.5, 1], or z of the change; null for other tests, and where too few rows allow none.</param>
public sealed record LeakageFinding(
    string Feature, LeakageTest Test, LeakageStatus Status, int Rows = 0, int? FirstRow = null, TimeSpan? Late = null, double? Statistic = null);
