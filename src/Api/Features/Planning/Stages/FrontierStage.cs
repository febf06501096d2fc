using Noah.Optimization.Exploration;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Fourth stage: solves the program again under other budgets, and with each bound that has a price, or nearly has, a tenth lower and a tenth higher.</summary>
/// <param name="plan">The run's program.</param>
/// <param name="allocation">Its plan.</param>
/// <param name="solve">The run's way of solving.</param>
/// <param name="progress">Told of each program solved.</param>
internal sealed class FrontierStage(PlanProgram plan, AllocationOutput allocation, PlanSolve solve, IProgress<SolveProgress> progress)
{
    private const double Band = 0.1;
    private const int Budget = 0;

    /// <summary>Budgets as shares of the run's; those of its band are among them.</summary>
    private static readonly double[] Shares = [0.25, 0.4, 0.6, 0.75, 1 - Band, 1, 1 + Band, 1.25, 1.5, 1.75, 2];

    private readonly double[] _prices = [.. allocation.Rows.Select(row => row.DualPrice)];
    private int _solved;

    public FrontierOutput Run(decimal budget)
    {
        var near = Enumerable.Range(0, allocation.Rows.Length).Where(r => r != Budget && IsNear(allocation.Rows[r])).ToHashSet();
        var total = Shares.Length - 1 + (2 * near.Count);
        var points = new List<FrontierPoint> { Present(budget) };
        decimal? infeasible = null;
        if (budget > 0)
        {
            infeasible = Walk(Shares.Where(share => share < 1).Reverse(), budget, points, total);
            Walk(Shares.Where(share => share > 1), budget, points, total);
        }

        points.Sort((left, right) => left.Budget.CompareTo(right.Budget));
        var bands = allocation.Rows.Select((row, r) =>
            r == Budget ? BandOf(row, share => points.Find(point => point.Share == share)?.Price)
            : near.Contains(r) ? BandOf(row, share => PriceAt(row, r, share, total))
            : BandOf(row, _ => 0));
        return new FrontierOutput([.. points], infeasible, [.. bands]);
    }

    // Away from the plan, each budget from the prices of its neighbour. Where one keeps no plan, smaller ones don't either.
    private decimal? Walk(IEnumerable<double> shares, decimal budget, List<FrontierPoint> points, int total)
    {
        var neighbour = _prices;
        foreach (var share in shares)
        {
            var moved = Math.Round(budget * (decimal)share, 4);
            var result = Solve(Budget, null, PlanProgram.Most(moved), neighbour, total);
            if (result.TryGetPlan(out var solved))
            {
                points.Add(PointOf(solved, share, moved));
                neighbour = solved.DualPrices.ToArray();
            }
            else if (result.Solve.Status == AllocationStatus.Infeasible)
            {
                return moved;
            }
        }

        return null;
    }

    // A bound has no price within its band unless the plan comes within a tenth of it.
    private static bool IsNear(RuleRow row) => row.Price > 0 || row.Use >= (1 - Band) * row.Upper || row.Use <= (1 + Band) * row.Lower;

    private static RuleBand BandOf(RuleRow row, Func<double, double?> priceAt) =>
        new(row.Name, (1 - Band) * row.PricedBound, priceAt(1 - Band), (1 + Band) * row.PricedBound, priceAt(1 + Band));

    private static FrontierPoint PointOf(ExplorationPlan solved, double share, decimal budget) => new(
        share,
        budget,
        solved.Certificate.Objective,
        solved.Certificate.DualBound,
        Sends(solved),
        solved.Certificate.Rows[Budget].Use,
        solved.Certificate.Rows[Budget].DualPrice);

    private static int Sends(ExplorationPlan solved)
    {
        var sends = 0;
        foreach (var chosen in solved.Chosen)
        {
            sends += chosen ? 1 : 0;
        }

        return sends;
    }

    private FrontierPoint Present(decimal budget) => new(
        1,
        budget,
        allocation.Solve.Objective,
        allocation.Solve.DualBound,
        allocation.Choices.Count(choice => choice != AllocationOutput.NoSend),
        allocation.Rows[Budget].Use,
        allocation.Rows[Budget].Price);

    private double? PriceAt(RuleRow row, int r, double share, int total)
    {
        var bound = share * row.PricedBound;
        var lower = row.IsPricedAtLower ? bound : row.Lower;
        var upper = row.IsPricedAtLower ? row.Upper : bound;
        return !(lower > upper) && Solve(r, lower, upper, _prices, total).TryGetPlan(out var solved) ? Math.Abs(solved.Certificate.Rows[r].DualPrice) : null;
    }

    private ExplorationResult Solve(int row, double? lower, double? upper, double[] warmStart, int total)
    {
        var result = solve.Run(plan.Program.WithBounds(row, lower, upper), warmStart);
        progress.Report(new SolveProgress("bounds", ++_solved, total));
        return result;
    }
}
