using System.Text.Json;
using Noah.Optimization.Online;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Online;

public sealed class PriceBookTests
{
    [Fact]
    public void Allocate_AtThePriceOfTheKnapsack_TakesTheBestReducedValue()
    {
        var program = ReferencePrograms.Knapsack();
        var book = PriceBook.Of(program, Allocate(program));
        // A dollar is worth 1.5 and actions cost 2 and 4: charges 3 and 6, and no measure differs between units.
        Assert.Equal([3.0, 6.0], book.ActionCharges.Select(charge => Math.Round(charge, 9)));
        Assert.Empty(book.Measures);
        var decision = book.Allocate([0, 1], [5.0, 9.5]);
        var choice = Assert.Single(decision.Choices);
        Assert.Equal((1, 1, 3.5, 1.5), (choice.Candidate, choice.Action, Math.Round(choice.Surplus, 9), Math.Round(decision.Margin!.Value, 9)));
        Assert.Empty(book.Allocate([0, 1], [2.0, 5.0]).Choices);
        Assert.Equal(1, book.Allocate([0, 1], [2.0, 5.0]).Margin!.Value, 1e-9);
        Assert.Equal(0, book.Allocate([0, 1], [6.0, 9.0]).Margin!.Value, 1e-9);
        var both = book.Allocate([0, 1], [6.0, 10.0], cap: 2);
        Assert.Equal([1, 0], both.Choices.Select(chosen => chosen.Action));
        Assert.Equal(7, both.Surplus, 1e-9);
        Assert.Empty(book.Allocate([0], [9.0], cap: 0).Choices);
        Assert.Null(book.Allocate([0], [9.0], cap: 0).Margin);
        Assert.Empty(book.Allocate([], []).Choices);
        Assert.Equal((7.0, 1.5), (Math.Round(book.Rows[0].Planned.Use, 9), Math.Round(book.Rows[0].DualPrice, 9)));
    }

    [Fact]
    public void Allocate_WithChannelCaps_IsTheBestOfAllSubsets()
    {
        var random = new Random(5);
        var book = new PriceBook([], [], new double[6], [], [0, 0, 1, 1, UnitLimits.NoChannel, UnitLimits.NoChannel]);
        for (var draw = 0; draw < 300; draw++)
        {
            double[] values = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.3)];
            int[] caps = [random.Next(0, 3), random.Next(0, 3)];
            var cap = random.Next(0, 5);
            var totals = new SortedSet<double>();
            for (var set = 0; set < 64; set++)
            {
                int[] chosen = [.. Enumerable.Range(0, 6).Where(i => (set >> i & 1) == 1)];
                if (chosen.Length <= cap && chosen.Count(i => i < 2) <= caps[0] && chosen.Count(i => i is 2 or 3) <= caps[1])
                {
                    totals.Add(chosen.Sum(i => values[i]));
                }
            }

            var decision = book.Allocate([0, 1, 2, 3, 4, 5], values, [], cap, caps);
            Assert.Equal(totals.Max, decision.Surplus, 1e-12);
            if (totals.Count == 1)
            {
                Assert.Null(decision.Margin);
            }
            else
            {
                // The nearest other set differs by one exchange, so its loss is the margin.
                Assert.Equal(totals.Max - totals.Reverse().ElementAt(1), decision.Margin!.Value, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Allocate_OfEveryUnitOfTheProgram_ReproducesThePlan(int cap, bool channels)
    {
        var program = Program(cap, channels);
        var allocation = Allocate(program);
        var stored = JsonSerializer.Deserialize<PriceBook>(JsonSerializer.Serialize(PriceBook.Of(program, allocation)))!;
        var measures = stored.Measures.Select(name => program.Measures.Single(measure => measure.Name == name)).ToArray();
        Assert.Equal(["cost", "harm"], stored.Measures);
        var (binding, different) = (allocation.Certificate.Rows.Count(row => row.IsBinding), 0);
        Assert.True(binding >= 3);
        for (var unit = 0; unit < program.UnitCount; unit++)
        {
            int[] edges = [.. Enumerable.Range(program.RowStart[unit], program.RowStart[unit + 1] - program.RowStart[unit])];
            int[] actions = [.. edges.Select(edge => program.Actions[edge])];
            double[] values = [.. edges.Select(edge => (double)program.Values[edge])];
            double[] uses = [.. edges.SelectMany(edge => measures.Select(measure => measure.Of(edge, program.Actions[edge])))];
            var decision = stored.Allocate(actions, values, uses, cap, channels ? [1, 1] : []);
            var same = Enumerable.Range(0, edges.Length).All(i => allocation.Probabilities[edges[i]] == (decision.Choices.Any(c => c.Candidate == i) ? 1 : 0));
            Assert.True(same || decision.Margin < 1e-7, $"unit {unit} has a margin of {decision.Margin} and differs");
            Assert.Equal(allocation.Certificate.UnitSurplus(unit), decision.Surplus, 1e-9);
            different += same ? 0 : 1;
        }

        Assert.InRange(different, 1, binding);
    }

    [Fact]
    public void Allocate_WithAWrongCall_NamesTheParameter()
    {
        var book = new PriceBook([], ["cost"], [0, 0], [1, 1], [UnitLimits.NoChannel, UnitLimits.NoChannel]);
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => book.Allocate([0], [1, 2], [1])).ParamName);
        Assert.Equal("uses", Assert.Throws<ArgumentException>(() => book.Allocate([0], [1])).ParamName);
        Assert.Equal("uses", Assert.Throws<ArgumentOutOfRangeException>(() => book.Allocate([0], [1], [-1])).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => book.Allocate([0], [double.NaN], [1])).ParamName);
        Assert.Equal("action", Assert.Throws<ArgumentOutOfRangeException>(() => book.Allocate([2], [1], [1])).ParamName);
        Assert.Equal("cap", Assert.Throws<ArgumentOutOfRangeException>(() => book.Allocate([0], [1], [1], -1)).ParamName);
        Assert.Equal("measureCharges", Assert.Throws<ArgumentException>(() => new PriceBook([], ["cost"], [0, 0], [1], [0, 0])).ParamName);
    }

    private static AllocationProgram Program(int cap, bool channels)
    {
        var (random, units, actions) = (new Random(17), 1500, 5);
        var builder = new AllocationProgramBuilder();
        var (cost, harm) = (new float[units * actions], new float[units * actions]);
        for (var unit = 0; unit < units; unit++)
        {
            builder.AddUnit(cap);
            for (var action = 0; action < actions; action++)
            {
                var edge = builder.AddEdge(action, Math.Exp(2 * random.NextDouble()) / (1 + action));
                (cost[edge], harm[edge]) = (random.NextSingle() + 0.1f, 0.01f * random.NextSingle());
            }
        }

        if (channels)
        {
            builder.WithChannels([0, 0, 1, 1, UnitLimits.NoChannel], [1, 1], 2);
        }

        var (costMeasure, harmMeasure) = (builder.AddMeasure("cost", cost), builder.AddMeasure("harm", harm));
        return builder
            .AddRow("budget", RowKind.CostBudget, costMeasure, null, 300)
            .AddRow("budget of 0 and 1", RowKind.CostBudget, costMeasure, null, 150, [0, 1])
            .AddRow("complaints", RowKind.Guardrail, harmMeasure, null, 3)
            .AddVolumeRow("volume 4", 4, 120, null)
            .Build();
    }

    private static Allocation Allocate(AllocationProgram program)
    {
        Assert.True(new ExactSolver().Solve(program, new SolveOptions(), TestContext.Current.CancellationToken).TryGetAllocation(out var allocation));
        return allocation;
    }
}
