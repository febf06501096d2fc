using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Errors;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Says why there is no plan: the rules that conflict, where they stand in the request, and by how much each would have to give way.</summary>
/// <param name="program">The program that has no plan, with the bounds as they were asked for.</param>
/// <param name="pointers">Where each row's bounds stand, by row name.</param>
/// <param name="money">How amounts are written.</param>
internal sealed class PlanRefusal(AllocationProgram program, IReadOnlyDictionary<string, string> pointers, MoneyText money)
{
    /// <summary>A rule of an irreducible conflict: moving any one of these alone ends it.</summary>
    public const string AnyOne = "conflict";

    /// <summary>A rule that gives way, together with the others, where the least is given up altogether.</summary>
    public const string Together = "conflictTogether";

    private const double RoundOff = 0.01;

    private static readonly string[] Numerals = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <param name="solve">A solve without an allocation.</param>
    /// <param name="program">The program that has no plan.</param>
    /// <param name="terms">What it was made from.</param>
    /// <param name="pointers">Where each row's bounds stand, by row name.</param>
    public static ProblemException Of(AllocationResult solve, AllocationProgram program, PlanningTerms terms, IReadOnlyDictionary<string, string> pointers)
    {
        if (solve.Infeasibility is not { } conflict)
        {
            return new ProblemException(ProblemType.Overloaded, $"The allocation was not solved: {solve.Status}.");
        }

        var refusal = new PlanRefusal(program, pointers, new MoneyText(terms.Currency));
        FieldError[] errors = conflict.Minimal.Count > 0
            ? [.. conflict.Minimal.Select(row => refusal.Fault(row, AnyOne, row.RelaxationAlone))]
            : [.. conflict.Rows.Select(row => refusal.Fault(row, Together, row.Relaxation))];
        return new ProblemException(
            ProblemType.InfeasiblePlan, $"No plan keeps all rules. {Lead(errors)} {string.Join(' ', errors.Select(error => error.Message))}", errors);
    }

    /// <summary>What the faults have to do with each other.</summary>
    public static string Lead(IReadOnlyList<FieldError> faults) => faults.Any(fault => fault.Code == Together)
        ? "This is the least by which rules would have to give way."
        : faults.Count == 1 ? "This rule can't hold, whatever the others are."
        : $"These {(faults.Count < Numerals.Length ? Numerals[faults.Count] : MoneyText.Count(faults.Count))} rules can't hold together; any one of them would have to give way.";

    private FieldError Fault(ConflictingRow row, string code, double? relaxation)
    {
        var declared = program.Rows.Single(other => other.Name == row.Name);
        var (step, isMoney) = declared.Kind == RowKind.CostBudget ? (0.01, true) : (1, false);
        string Amount(double amount) => isMoney ? money.Say(amount) : $"{MoneyText.Count(amount)} {(amount == 1 ? "send" : "sends")}";
        var (side, bound) = row.Side == BoundSide.Lower ? ("minimum", declared.Lower) : ("maximum", declared.Upper);
        var subject = row.Name switch
        {
            PlanProgram.Budget => $"The budget of {Amount(bound ?? row.Bound)}",
            PlanProgram.MaximumSends => $"The maximum of {Amount(bound ?? row.Bound)}",
            _ => $"The {side} of {Amount(bound ?? row.Bound)} for '{row.Name}'",
        };

        // Up to what a bound can be moved by: less would not do.
        return new FieldError(
            Pointer(row), code, relaxation is { } by and > 0
                ? $"{subject} would have to give way by {Amount(step * Math.Ceiling((by / step) - RoundOff))}."
                : $"{subject} takes part in the conflict.");
    }

    private string Pointer(ConflictingRow row) => pointers[row.Name] + row.Name switch
    {
        PlanProgram.Budget => "/amount",
        PlanProgram.MaximumSends => "",
        _ => row.Side == BoundSide.Lower ? "/minimum" : "/maximum",
    };
}
