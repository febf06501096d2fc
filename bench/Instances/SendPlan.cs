using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Bench.Instances;

/// <summary>Who is sent which line: at most one send a member, a volume band for each line, and perhaps a budget.</summary>
/// <param name="Probabilities">Probability of each send; [members × lines], row-major.</param>
/// <param name="DualPrices">Prices of the lines' volumes, then of the budget if there is one; empty for a ranking.</param>
/// <param name="WorstViolation">Largest relative violation of a bound, from a certificate that does not know who planned.</param>
internal sealed record SendPlan(double[] Probabilities, double[] DualPrices, double WorstViolation)
{
    private int Members => Probabilities.Length / ProductLine.Count;

    /// <summary>The optimum of the scores under all the bounds.</summary>
    /// <param name="scores">Net worth of each send in money; [members × lines].</param>
    /// <param name="budgetShare">Budget as a share of what one send to every member costs; null for none.</param>
    public static SendPlan ByLp(double[] scores, double? budgetShare)
    {
        var program = Program(scores, budgetShare);
        return new ExactSolver().Solve(program, new SolveOptions()).TryGetAllocation(out var allocation)
            ? new SendPlan(allocation.Probabilities.ToArray(), allocation.DualPrices.ToArray(), allocation.Certificate.MaxRelativeRowViolation)
            : throw new InvalidOperationException("The bounds of the comparison leave room for a plan, but none was found.");
    }

    /// <summary>
    /// The legacy ranking: all pairs of member and line in order of falling score; a pair is taken if its member has nothing yet, its line
    /// has not reached its cap and the budget lasts; a score not above 0 ends it. It knows no lower bound and no opportunity cost.
    /// </summary>
    public static SendPlan ByRanking(double[] scores, double? budgetShare)
    {
        var lines = ProductLine.Count;
        var members = scores.Length / lines;
        var sends = new double[scores.Length];
        var taken = new bool[members];
        int[] room = [.. ProductLine.All.Select(line => (int)Math.Floor(line.Most * members))];
        var budget = (int)Math.Floor((budgetShare ?? 1) * members);
        int[] order = [.. Enumerable.Range(0, scores.Length).Where(cell => scores[cell] > 0).OrderByDescending(cell => scores[cell])];
        foreach (var cell in order)
        {
            var (member, line) = (cell / lines, cell % lines);
            if (budget > 0 && !taken[member] && room[line] > 0)
            {
                (taken[member], sends[cell]) = (true, 1);
                room[line]--;
                budget--;
            }
        }

        return new SendPlan(sends, [], Certificate.Of(Program(scores, budgetShare), sends, default).MaxRelativeRowViolation);
    }

    /// <summary>Money per member when a send is worth <paramref name="values"/>; [members × lines].</summary>
    public double PerMember(double[] values) => Probabilities.Select((probability, cell) => probability * values[cell]).Sum() / Members;

    /// <summary>Shares of the members who are sent each line.</summary>
    public double[] Volumes() =>
        [.. Enumerable.Range(0, ProductLine.Count).Select(line => Probabilities.Where((_, cell) => cell % ProductLine.Count == line).Sum() / Members)];

    private static AllocationProgram Program(double[] scores, double? budgetShare)
    {
        var members = scores.Length / ProductLine.Count;
        int[] rowStart = [.. Enumerable.Range(0, members + 1).Select(member => member * ProductLine.Count)];
        int[] actions = [.. Enumerable.Range(0, scores.Length).Select(cell => cell % ProductLine.Count)];
        var builder = AllocationProgramBuilder.FromArrays(rowStart, actions, scores);
        foreach (var (action, line) in ProductLine.All.Index())
        {
            builder.AddVolumeRow(line.Name, action, line.Least * members, line.Most * members);
        }

        return (budgetShare is { } share
            ? builder.AddRow(
                "budget", RowKind.CostBudget, null, share * members * ProductLine.CostPerSend, [.. scores.Select(_ => ProductLine.CostPerSend)])
            : builder).Build();
    }
}
