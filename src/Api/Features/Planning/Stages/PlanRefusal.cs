using Noah.Api.Platform.Errors;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Says why there is no plan: the rules that conflict, where they stand in the request, and by how much each would have to give way.</summary>
internal static class PlanRefusal
{
    /// <param name="solve">A solve without an allocation.</param>
    /// <param name="pointers">Where each row's bounds stand, by row name.</param>
    public static ProblemException Of(AllocationResult solve, IReadOnlyDictionary<string, string> pointers)
    {
        if (solve.Infeasibility is not { } conflict)
        {
            return new ProblemException(ProblemType.Overloaded, $"The allocation was not solved: {solve.Status}.");
        }

        FieldError[] errors = [.. conflict.Rows.Select(row => new FieldError(Pointer(row, pointers), "conflict", Say(row)))];
        return new ProblemException(ProblemType.InfeasiblePlan, $"No plan keeps all rules: {string.Join(" ", errors.Select(error => error.Message))}", errors);
    }

    private static string Pointer(ConflictingRow row, IReadOnlyDictionary<string, string> pointers) => pointers[row.Name] + row.Name switch
    {
        PlanProgram.Budget => "/amount",
        PlanProgram.MaximumSends => "",
        _ => row.Side == BoundSide.Lower ? "/minimum" : "/maximum",
    };

    private static string Say(ConflictingRow row)
    {
        var side = row.Side == BoundSide.Lower ? "minimum" : "maximum";
        return row.Relaxation > 0
            ? $"The {side} {row.Bound:0.##} of '{row.Name}' would have to give way by {row.Relaxation:0.##}."
            : $"'{row.Name}' takes part in the conflict at its {side} of {row.Bound:0.##}.";
    }
}
