namespace Noah.Bench.Peers;

/// <summary>What a peer's process says of itself, in one line of JSON.</summary>
/// <param name="Status">The solver's own word.</param>
/// <param name="Finished">Whether it stopped because it was done, not because its time was over.</param>
/// <param name="BuildSeconds">Handing the program to the solver; not counted against it.</param>
/// <param name="SolveSeconds">Solve alone, wall time.</param>
/// <param name="CpuSeconds">Processor time of the solve.</param>
/// <param name="PeakRssMb">Peak memory of its process.</param>
/// <param name="Objective">Value of its point, feasible or not.</param>
/// <param name="RowViolation">Worst violation of a coupling row over its bound.</param>
/// <param name="UnitViolation">Worst excess over a cap of a unit, or outside [0, 1].</param>
internal sealed record PeerReport(
    string Status,
    bool Finished,
    double BuildSeconds,
    double SolveSeconds,
    double CpuSeconds,
    double PeakRssMb,
    double Objective,
    double RowViolation,
    double UnitViolation);
