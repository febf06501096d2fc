using Noah.Optimization.Duals;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Solvers;

/// <summary>Golden relaxation values of public instances, found by other solvers.</summary>
public sealed class OrLibraryTests
{
    [Theory]
    [InlineData("orlib_gap1.txt", true, "exact")]
    [InlineData("orlib_gap6.txt", true, "exact")]
    [InlineData("orlib_gapa.txt", false, "exact")]
    [InlineData("orlib_gap1.txt", true, "dual")]
    [InlineData("orlib_gap6.txt", true, "dual")]
    [InlineData("orlib_gapa.txt", false, "dual")]
    public void Solve_OfGeneralisedAssignment_FindsTheRelaxationOfHiGHS(string file, bool maximise, string solver)
    {
        // Jobs are units, agents are actions with a capacity each; a row asks for every job to be assigned. Values to 4 decimals.
        var expected = OrLibrary.Lines("gap/reference_values.tsv").Where(line => line.Length > 4 && line[0] == file).Select(line => OrLibrary.Number(line[4])).ToList();
        var numbers = OrLibrary.Numbers($"gap/{file}.gz");
        var problems = (int)numbers.Dequeue();
        Assert.Equal(problems, expected.Count);
        foreach (var relaxation in expected)
        {
            var (agents, jobs) = ((int)numbers.Dequeue(), (int)numbers.Dequeue());
            var worth = OrLibrary.Take(numbers, agents * jobs);
            var need = OrLibrary.Take(numbers, agents * jobs);
            var capacity = OrLibrary.Take(numbers, agents);
            var builder = new AllocationProgramBuilder();
            for (var job = 0; job < jobs; job++)
            {
                builder.AddUnit();
                for (var agent = 0; agent < agents; agent++)
                {
                    builder.AddEdge(agent, (maximise ? 1 : -1) * worth[(agent * jobs) + job]);
                }
            }

            for (var agent = 0; agent < agents; agent++)
            {
                int[] edges = [.. Enumerable.Range(0, jobs).Select(job => (job * agents) + agent)];
                builder.AddRow($"capacity {agent}", RowKind.CostBudget, null, capacity[agent], edges, [.. need.Skip(agent * jobs).Take(jobs)]);
            }

            builder.AddRow("all jobs", RowKind.Volume, jobs, null, [.. Enumerable.Repeat(1.0, agents * jobs)]);
            Assert.Equal(relaxation, (maximise ? 1 : -1) * Optimum(builder.Build(), solver), 1e-3);
        }
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("dual")]
    public void Solve_OfMultidimensionalKnapsacks_FindsThePublishedRelaxations(string solver)
    {
        // Chu and Beasley 1998, 30 problems of 100 items under 5 budgets: an item is a unit with one action.
        var published = OrLibrary.Lines("mkp/best-feasible-slns.txt.gz")
            .Where(line => line.Length == 2 && line[0].StartsWith("5.100-", StringComparison.Ordinal) && line[1].Contains('e', StringComparison.Ordinal))
            .Select(line => OrLibrary.Number(line[1]))
            .ToList();
        var numbers = OrLibrary.Numbers("mkp/mknapcb1.txt.gz");
        Assert.Equal((int)numbers.Dequeue(), published.Count);
        foreach (var relaxation in published)
        {
            var (items, budgets) = ((int)numbers.Dequeue(), (int)numbers.Dequeue());
            numbers.Dequeue();
            var values = OrLibrary.Take(numbers, items);
            var builder = new AllocationProgramBuilder();
            foreach (var value in values)
            {
                builder.AddUnit();
                builder.AddEdge(0, value);
            }

            var costs = Enumerable.Range(0, budgets).Select(_ => OrLibrary.Take(numbers, items)).ToArray();
            for (var budget = 0; budget < budgets; budget++)
            {
                builder.AddRow($"budget {budget}", RowKind.CostBudget, null, numbers.Dequeue(), costs[budget]);
            }

            Assert.Equal(relaxation, Optimum(builder.Build(), solver), 1e-9 * relaxation);
        }
    }

    // The core of the dual solver is kept to a few units, so that sample and refinement have their part even here.
    private static double Optimum(AllocationProgram program, string solver)
    {
        IAllocationSolver with = solver == "dual" ? new DualSolver(new DualOptions(TargetGap: 1e-10, AcceptedGap: 1e-10, CoreUnits: 10)) : new ExactSolver();
        var result = with.Solve(program, new SolveOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(AllocationStatus.Optimal, result.Status);
        Assert.True(result.TryGetAllocation(out var allocation));
        Assert.Equal(allocation.Certificate.Objective, allocation.Certificate.DualBound, 1e-7 * Math.Abs(allocation.Certificate.Objective));
        return allocation.Certificate.Objective;
    }
}
