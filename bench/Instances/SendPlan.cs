using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Bench.Instances;

/// <summary>Who is sent which line: at most one send a member, a volume band for each line, and perhaps a budget.</summary>
/// <param name="Probabilities">Probability of each send; [members × lines], row-major.</param>
/// <param name="DualPrices">Prices of the lines' volumes, then of the budget if there is one; empty for a ranking.</param>
/// <param name="WorstViolation">Largest relative violation of any of the bounds, from a certificate that does not know who planned.</param>
internal sealed record SendPlan(double[] Probabilities, double[] DualPrices, double WorstViolation)
{
    private int Members => Probabilities.Length / ProductLine.Count;

    /// <summary>The optimum of the scores under all the bounds, or under caps and budget only, which is what the ranking knows.</summary>
    /// <param name="scores">Net worth of each send in money; [members × lines].</param>
    /// <param name="budgetShare">Budget as a share of what one send to every member costs; null for none.</param>
    /// <param name="leastVolumes">Whether the lines' least volumes hold.</param>
    public static SendPlan ByLp(double[] scores, double? budgetShare, bool leastVolumes = true)
    {
        var all = Program(scores, budgetShare, leastVolumes: true);
        var program = leastVolumes ? all : Program(scores, budgetShare, leastVolumes: false);
        return new ExactSolver().Solve(program, new SolveOptions()).TryGetAllocation(out var allocation)
            ? new SendPlan(allocation.Probabilities.ToArray(), allocation.DualPrices.ToArray(), Violation(all, allocation.Probabilities.ToArray()))
            : throw new InvalidOperationException("The bounds of the comparison leave room for a plan, but none was found.");
    }

    /// <summary>
    /// The legacy ranking: all pairs of member and line in order of falling score; a pair is taken if its member has nothing yet, its line
    /// has not reached its cap and the budget lasts; a score not above 0 ends it. It knows no opportunity cost, and no least volume unless
    /// it is told to: then a pass before fills each line's quota in the same order, whatever the score.
    /// </summary>
    public static SendPlan ByRanking(double[] scores, double? budgetShare, bool leastVolumes = false)
    {
        var members = scores.Length / ProductLine.Count;
        var sends = new double[scores.Length];
        var taken = new bool[members];
        var budget = (int)Math.Floor((budgetShare ?? 1) * members);
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(cell => scores[cell])];
        int[] quota = [.. ProductLine.All.Select(line => leastVolumes ? (int)Math.Ceiling(line.Least * members) : 0)];
        int[] room = [.. ProductLine.All.Select((line, i) => (int)Math.Floor(line.Most * members) - quota[i])];
        Take(order, quota);
        Take(order.Where(cell => scores[cell] > 0), room);
        return new SendPlan(sends, [], Violation(Program(scores, budgetShare, leastVolumes: true), sends));

        void Take(IEnumerable<int> cells, int[] left)
        {
            foreach (var cell in cells)
            {
                var (member, line) = (cell / ProductLine.Count, cell % ProductLine.Count);
                if (budget > 0 && !taken[member] && left[line] > 0)
                {
                    (taken[member], sends[cell]) = (true, 1);
                    left[line]--;
                    budget--;
                }
            }
        }
    }

    /// <summary>Money per member when a send is worth <paramref name="values"/>; [members × lines].</summary>
    public double PerMember(double[] values) => Probabilities.Select((probability, cell) => probability * values[cell]).Sum() / Members;

    /// <summary>Shares of the members who are sent each line.</summary>
    public double[] Volumes() =>
        [.. Enumerable.Range(0, ProductLine.Count).Select(line => Probabilities.Where((_, cell) => cell % ProductLine.Count == line).Sum() / Members)];

    private static double Violation(AllocationProgram program, ReadOnlySpan<double> sends) =>
        Certificate.Of(program, sends, default).MaxRelativeRowViolation;

    private static AllocationProgram Program(double[] scores, double? budgetShare, bool leastVolumes)
    {
        var members = scores.Length / ProductLine.Count;
        int[] rowStart = [.. Enumerable.Range(0, members + 1).Select(member => member * ProductLine.Count)];
        int[] actions = [.. Enumerable.Range(0, scores.Length).Select(cell => cell % ProductLine.Count)];
        var builder = AllocationProgramBuilder.FromArrays(rowStart, actions, scores);
        foreach (var (action, line) in ProductLine.All.Index())
        {
            builder.AddVolumeRow(line.Name, action, leastVolumes ? line.Least * members : null, line.Most * members);
        }

        return (budgetShare is { } share
            ? builder.AddRow(
                "budget", RowKind.CostBudget, null, share * members * ProductLine.CostPerSend, [.. scores.Select(_ => ProductLine.CostPerSend)])
            : builder).Build();
    }
}
