using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>The seam between a planning run and the way its program is solved.</summary>
public interface IAllocationSolver
{
    /// <summary>Solves a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="options">Seed and time limit.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>A result whose status follows from a certificate on <paramref name="program"/>, or that explains why there is no
    /// allocation.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default);
}
