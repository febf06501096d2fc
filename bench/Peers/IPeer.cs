using Noah.Optimization.Programs;

namespace Noah.Bench.Peers;

/// <summary>A solver that somebody could pick instead.</summary>
internal interface IPeer
{
    /// <summary>Solves a program and checks its own point.</summary>
    /// <param name="program">The program.</param>
    /// <param name="limitSeconds">Time after which it is to give up.</param>
    PeerReport Solve(AllocationProgram program, double limitSeconds);
}
