using Noah.Api.Platform.Errors;
using Noah.Optimization.Exploration;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Third stage: the sends that add most within the rules, a small share of members drawn at random, and the exact probability of each decision.</summary>
internal static class AllocationStage
{
    /// <summary>Up to here the whole program is solved at once; above, it is cut at random into blocks.</summary>
    public const int LargestExact = 20_000;

    public static AllocationOutput Run(PlanningTerms terms, EligibilityOutput eligible, ScoresOutput scores, CancellationToken cancellationToken)
    {
        var plan = PlanProgram.Build(terms, eligible, scores);
        IAllocationSolver solver = plan.Program.UnitCount <= LargestExact ? new ExactSolver() : new PartitionSolver();
        var result = ExplorationDesign.Plan(
            plan.Program, solver, new ExplorationOptions(terms.ExplorationShare), new SolveOptions(terms.Seed), cancellationToken);
        if (!result.TryGetPlan(out var solved))
        {
            throw Refusal(plan, result.Solve);
        }

        var (choices, explored) = (new int[plan.Program.UnitCount], new byte[plan.Program.UnitCount]);
        for (var m = 0; m < choices.Length; m++)
        {
            choices[m] = solved.EdgeOf(m) is { } edge ? plan.Program.Actions[edge] : AllocationOutput.NoSend;
            explored[m] = (byte)(solved.Explores[m] ? 1 : 0);
        }

        var certificate = solved.Certificate;
        return new AllocationOutput(
            choices,
            explored,
            Propensities(plan.Program, solved, eligible.Campaigns.Length),
            [.. certificate.Rows.Select(row => new RuleRow(
                row.Name, row.Kind == RowKind.CostBudget ? "money" : "sends", row.Lower, row.Upper, row.Use, Math.Abs(row.DualPrice), row.DualPrice < 0, row.Violation))],
            new SolveFigures(
                certificate.Objective, certificate.DualBound, Math.Max(0, certificate.RelativeGap),
                result.Solve.Diagnostics.Solver, result.Solve.Diagnostics.Blocks, solved.Rounding.FixedUnits),
            solved.ForgoneValue);
    }

    private static double[] Propensities(AllocationProgram program, ExplorationPlan solved, int campaigns)
    {
        var width = campaigns + 1;
        var propensities = new double[program.UnitCount * width];
        for (var m = 0; m < program.UnitCount; m++)
        {
            propensities[m * width] = solved.NoActionPropensities[m];
            for (var edge = program.RowStart[m]; edge < program.RowStart[m + 1]; edge++)
            {
                propensities[(m * width) + 1 + program.Actions[edge]] = solved.EdgePropensities[edge];
            }
        }

        return propensities;
    }

    private static ProblemException Refusal(PlanProgram plan, AllocationResult solve)
    {
        if (solve.Infeasibility is not { } conflict)
        {
            return new ProblemException(ProblemType.Overloaded, $"The allocation was not solved: {solve.Status}.");
        }

        FieldError[] errors = [.. conflict.Rows.Select(row => new FieldError(
            plan.Pointers[row.Name] + (row.Name.StartsWith("line ", StringComparison.Ordinal) ? row.Side == BoundSide.Lower ? "/minimum" : "/maximum" : ""),
            "conflict",
            row.Relaxation > 0
                ? $"The {(row.Side == BoundSide.Lower ? "minimum" : "maximum")} {row.Bound:0.##} of '{row.Name}' would have to give way by {row.Relaxation:0.##}."
                : $"'{row.Name}' takes part in the conflict at its {(row.Side == BoundSide.Lower ? "minimum" : "maximum")} of {row.Bound:0.##}."))];
        return new ProblemException(ProblemType.InfeasiblePlan, $"No plan keeps all rules: {string.Join(" ", errors.Select(error => error.Message))}", errors);
    }
}
