using Noah.Bench.Instances;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Bench.Studies;

/// <summary>
/// Does the random partition keep the value of the exact program, break no rule, and save time? The peer is GLOP on the whole program,
/// which uses one core whatever the machine has; that blocks can be solved at once is what the partition is for.
/// </summary>
internal sealed class PartitionLp : IStudy
{
    // Where the measured loss is near 0.2 %; it grows as the inverse of the block size below (noah.md §3.3).
    private const double FullBlock = 1_000;
    private const double LossAtFullBlock = 0.002;

    public string Name => "partition-lp";

    public string Claim => "The random-partition LP keeps 99.8 % of exact GLOP's objective, breaks no rule and is at least 3 times as fast.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("units", 20_000, 1_000, 1_000_000, "Members."),
        new("actions", 10, 2, 100, "Campaigns each member is eligible for."),
        new("block", 1_000, 50, 1_000_000, "Units a block."),
        new("seed", 1, 0, 1_000_000_000, "Seed of the instance and of the first partition."),
        new("partitions", 5, 1, 100, "Partitions drawn; the worst counts."),
        new("rounds", 3, 1, 50, "Alternating timed runs of each way."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var program = SendProgram.Generate(parameters.Whole("units"), parameters.Whole("actions"), parameters.Whole("seed"));
        var block = parameters.Whole("block");
        var partition = new PartitionSolver(new PartitionOptions(block, MaxParallelism: Environment.ProcessorCount));
        var seed = (ulong)parameters["seed"];

        Allocation? exact = null;
        var (exactSeconds, partitionSeconds) = Measure.SideBySide(
            () => exact = Solve(new ExactSolver(), program, seed), () => Solve(partition, program, seed), parameters.Whole("rounds"));
        var drawn = Enumerable.Range(0, parameters.Whole("partitions")).Select(draw => Solve(partition, program, seed + (ulong)draw)).ToArray();

        var optimum = exact?.Certificate.Objective ?? double.NaN;
        var ratio = 1 - Worst(drawn, allocation => 1 - allocation.Certificate.Objective / optimum);
        var violation = Worst(drawn, allocation => allocation.Certificate.MaxRelativeRowViolation);
        var speed = exactSeconds / partitionSeconds;
        return new StudyResult(
            [
                new Figure("objective / exact GLOP, worst partition", ratio, "ratio"),
                new Figure("speed / exact GLOP, on this machine's cores", speed, "ratio"),
                new Figure("worst relative violation of a rule", violation, "ratio"),
                new Figure("certified gap, worst partition", Worst(drawn, allocation => allocation.Certificate.RelativeGap), "ratio"),
                new Figure("certified gap of exact GLOP", exact?.Certificate.RelativeGap ?? double.NaN, "ratio"),
                new Figure("rules that bind in the exact plan", exact?.Certificate.Rows.Count(row => row.IsBinding) ?? double.NaN, "rules"),
                new Figure("fractional units, worst partition", Worst(drawn, allocation => allocation.Certificate.FractionalUnits), "units"),
                new Figure("seconds of exact GLOP", exactSeconds, "s"),
            ],
            [
                Target.AtLeast("objective / exact GLOP, worst partition", ratio, 1 - LossAtFullBlock * FullBlock / Math.Min(block, FullBlock)),
                Target.AtMost("worst relative violation of a rule", violation, 1e-9),
                Target.AtLeast("speed / exact GLOP, on this machine's cores", speed, 3),
            ]);
    }

    private static Allocation? Solve(IAllocationSolver solver, AllocationProgram program, ulong seed) =>
        solver.Solve(program, new SolveOptions(seed)).TryGetAllocation(out var allocation) ? allocation : null;

    // A partition without a plan is the worst of all: NaN meets no target.
    private static double Worst(Allocation?[] drawn, Func<Allocation, double> badness) =>
        drawn.Any(allocation => allocation is null) ? double.NaN : drawn.Max(allocation => badness(allocation!));
}
