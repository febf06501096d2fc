using Noah.Optimization.Explanations;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Explanations;

public sealed class FrontierTests
{
    [Fact]
    public void Trace_OfTheUniformProgram_IsTheParabola()
    {
        // Values (i + ½) / n of n units at a cost of 1: budget b takes the b best, worth b − b² / 2n, and the next is worth 1 − b / n up to 1 / 2n.
        var program = UniformProgram.Of(1000, budget: 400);
        var frontier = Frontier.Trace(program, 0, BoundSide.Upper, new ExactSolver(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("budget", BoundSide.Upper, 11), (frontier.Row, frontier.Side, frontier.Points.Count));
        Assert.Equal([0.25, 1, 2], new[] { 0, 5, 10 }.Select(i => frontier.Points[i].Multiple));
        foreach (var point in frontier.Points)
        {
            Assert.Equal(400 * point.Multiple, point.Bound, 1e-9);
            Assert.Equal(point.Bound - (point.Bound * point.Bound / 2000), point.Objective!.Value, 1e-3);
            Assert.Equal(1 - (point.Bound / 1000), point.Price!.Value, 1e-3);
            Assert.Equal(point.Bound, point.Actions!.Value, 1e-6);
            Assert.Equal(point.Bound, point.Use!.Value, 1e-6);
        }
    }

    [Fact]
    public void Objectives_AreConcaveUpToTheGaps_AndThePriceIsTheSlope()
    {
        var program = ReferencePrograms.Mailing(2000, 4, seed: 12, lowerShare: 0, upperShare: 0.5);
        foreach (IAllocationSolver solver in new IAllocationSolver[] { new ExactSolver(), new PartitionSolver() })
        {
            var points = Frontier.Trace(program, 0, BoundSide.Upper, solver, cancellationToken: TestContext.Current.CancellationToken).Points;
            for (var i = 0; i < points.Count; i++)
            {
                Assert.True(points[i].DualBound >= points[i].Objective - 1e-7);
                for (var j = i + 1; j < points.Count - 1; j++)
                {
                    // Chord from i to j + 1 at j.
                    var share = (points[j].Bound - points[i].Bound) / (points[j + 1].Bound - points[i].Bound);
                    double Chord(Func<FrontierPoint, double?> of) => ((1 - share) * of(points[i])!.Value) + (share * of(points[j + 1])!.Value);
                    Assert.True(points[j].DualBound >= Chord(point => point.DualBound) - 1e-7);
                    Assert.True(points[j].DualBound >= Chord(point => point.Objective) - 1e-7);
                }
            }

            for (var i = 1; i < points.Count; i++)
            {
                var gap = points[i].DualBound!.Value - points[i].Objective!.Value + (points[i - 1].DualBound!.Value - points[i - 1].Objective!.Value);
                var slope = (points[i].Objective!.Value - points[i - 1].Objective!.Value) / (points[i].Bound - points[i - 1].Bound);
                var tolerance = (2 * gap / (points[i].Bound - points[i - 1].Bound)) + 1e-7;
                Assert.InRange(slope, points[i].Price!.Value - tolerance, points[i - 1].Price!.Value + tolerance);
            }

            Assert.True(points[^1].Price < 0.7 * points[0].Price);
        }
    }

    [Fact]
    public void Trace_BeyondFeasibility_HasPointsWithoutFigures()
    {
        // At least half a mail of two; four cannot be.
        var program = ReferencePrograms.LowerVolume();
        var options = new FrontierOptions([0, 1, 2, 4]);
        var frontier = Frontier.Trace(program, 0, BoundSide.Lower, new ExactSolver(), options, null, TestContext.Current.CancellationToken);
        Assert.Equal([5.0, 3.0, 0.0], frontier.Points.Take(3).Select(point => Math.Round(point.Objective!.Value, 9)));
        Assert.Equal(AllocationStatus.Infeasible, frontier.Points[3].Status);
        Assert.Null(frontier.Points[3].Objective);
        // A lower bound above the upper one is no program at all.
        var closed = Frontier.Trace(program.WithBounds(0, 1, 1.5), 0, BoundSide.Lower, new ExactSolver(), options, null, TestContext.Current.CancellationToken);
        Assert.Equal(AllocationStatus.Infeasible, closed.Points[2].Status);
    }

    [Fact]
    public void Trace_WithAWrongCall_NamesTheParameter()
    {
        var program = ReferencePrograms.Knapsack();
        Assert.Equal("side", Assert.Throws<ArgumentException>(() => Frontier.Trace(program, 0, BoundSide.Lower, new ExactSolver())).ParamName);
        Assert.Equal(
            "Multiples",
            Assert.Throws<ArgumentException>(() => Frontier.Trace(program, 0, BoundSide.Upper, new ExactSolver(), new FrontierOptions([1, 0.5]))).ParamName);
    }
}
