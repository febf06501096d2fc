using Noah.Optimization.Exploration;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Third stage: the sends that add most within the rules, a small share drawn at random, and the exact probability of each decision.</summary>
internal static class AllocationStage
{
    public static AllocationOutput Run(
        PlanningTerms terms, EligibilityOutput eligible, ScoresOutput scores, IAllocationSolver solver, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
    {
        var plan = PlanProgram.Build(terms, eligible, scores);
        var result = new PlanSolve(solver, terms, progress, cancellationToken).Run(plan.Program, null);
        if (!result.TryGetPlan(out var solved))
        {
            throw PlanRefusal.Of(result.Solve, plan.Program, terms, PlanProgram.Pointers(terms));
        }

        var members = new MemberDecisions(eligible.MemberIds.Length, eligible.Campaigns.Length);
        var units = PlanUnits.Of(eligible);
        for (var unit = 0; unit < units.Count; unit++)
        {
            members.Take(units.MembersOf(unit), solved.Explores[unit]);
            for (var edge = plan.Program.RowStart[unit]; edge < plan.Program.RowStart[unit + 1]; edge++)
            {
                members.Offer(plan.Contacts[edge], plan.Program.Actions[edge], solved.EdgePropensities[edge], solved.Chosen[edge]);
            }

            members.Close(units.MembersOf(unit), solved.NoActionPropensities[unit]);
        }

        return new AllocationOutput(
            members.Choices,
            members.Explored,
            members.Propensities,
            [.. solved.Certificate.Rows.Select(RuleRow.Of)],
            Figures(result, solved),
            solved.ForgoneValue,
            eligible.AccountIds is null ? null : members.Contacts);
    }

    public static SolveFigures Figures(ExplorationResult result, ExplorationPlan solved) => new(
        solved.Certificate.Objective,
        solved.Certificate.DualBound,
        Math.Max(0, solved.Certificate.RelativeGap),
        result.Solve.Diagnostics.Solver,
        result.Solve.Diagnostics.Blocks,
        solved.Rounding.FixedUnits);

    /// <summary>Decisions of units as those of members: what an account gets, its contact gets, and the others of the account get nothing.</summary>
    private sealed class MemberDecisions
    {
        private readonly int _width;

        public MemberDecisions(int members, int campaigns)
        {
            _width = campaigns + 1;
            (Choices, Explored, Propensities, Contacts) = (new int[members], new byte[members], new double[members * _width], new uint[members]);
            Array.Fill(Choices, AllocationOutput.NoSend);
        }

        public int[] Choices { get; }

        public byte[] Explored { get; }

        public double[] Propensities { get; }

        public uint[] Contacts { get; }

        public void Take(ReadOnlySpan<int> members, bool explores)
        {
            foreach (var member in members)
            {
                Explored[member] = (byte)(explores ? 1 : 0);
                Propensities[member * _width] = 1;
            }
        }

        public void Offer(int member, int campaign, double propensity, bool chosen)
        {
            Contacts[member] |= 1u << campaign;
            Propensities[(member * _width) + 1 + campaign] = propensity;
            Propensities[member * _width] = Math.Max(0, Propensities[member * _width] - propensity);
            Choices[member] = chosen ? campaign : Choices[member];
        }

        /// <summary>Of a unit with one member the probability of nothing is known without the round-off of a difference.</summary>
        public void Close(ReadOnlySpan<int> members, double nothing) =>
            Propensities[members[0] * _width] = members.Length == 1 ? nothing : Propensities[members[0] * _width];
    }
}
