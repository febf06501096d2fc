using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>What other bounds would come to.</summary>
/// <param name="Changed">The program with the changed bounds.</param>
/// <param name="Solve">Its solution; when the change is infeasible, <see cref="AllocationResult.Infeasibility"/> is the conflict.</param>
/// <param name="ObjectiveBefore">Objective of the old allocation, in money.</param>
/// <param name="ObjectiveAfter">Objective of the new allocation; null when there is none.</param>
/// <param name="Interval">What was certain before solving.</param>
/// <param name="Rows">Each row before and after, in the order of the program.</param>
public sealed record WhatIfResult(
    AllocationProgram Changed, AllocationResult Solve, double ObjectiveBefore, double? ObjectiveAfter, ObjectiveInterval Interval, IReadOnlyList<RowDifference> Rows)
{
    /// <summary>New objective less old one; null without a new allocation.</summary>
    public double? ObjectiveChange => ObjectiveAfter - ObjectiveBefore;
}
