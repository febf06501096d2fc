using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Rounding;
using Noah.Optimization.Solvers;

namespace Noah.Bench.Peers;

/// <summary>Times NOAH from the built program to the certified integral allocation.</summary>
internal static class NoahRun
{
    // Peers are compiled beforehand; .NET compiles a method well only after some thirty calls, which a service has behind it.
    private const double WarmUpSeconds = 3;
    private const int MostWarmUps = 12;

    /// <summary>A cold run, a few to warm up, then <paramref name="rounds"/> timed ones; the figures are of the run with the median time.</summary>
    /// <param name="program">The program.</param>
    /// <param name="solver">The solver.</param>
    /// <param name="seed">Seed of the solver and of the rounding.</param>
    /// <param name="rounds">Timed runs.</param>
    /// <param name="warmStart">Prices to start from; null for none.</param>
    /// <returns>The figures and the prices, which are null if there was no allocation.</returns>
    public static (NoahReport Report, IReadOnlyList<double>? Prices) Time(
        AllocationProgram program, IAllocationSolver solver, ulong seed, int rounds, IReadOnlyList<double>? warmStart = null)
    {
        var warmUp = new PeerClock();
        var (cold, prices) = Once(program, solver, seed, warmStart);
        for (var run = 1; run < MostWarmUps && warmUp.WallSeconds < WarmUpSeconds; run++)
        {
            GC.Collect();
            Once(program, solver, seed, warmStart);
        }

        var timed = new List<NoahReport>();
        for (var round = 0; round < rounds; round++)
        {
            // What the last round left is no part of this one.
            GC.Collect();
            timed.Add(Once(program, solver, seed, warmStart).Report);
        }

        var median = timed.OrderBy(report => report.WallSeconds).ElementAt((timed.Count - 1) / 2);
        return (median with { WallSecondsCold = cold.WallSeconds, SolverSecondsCold = cold.SolverSeconds, PeakRssMb = PeerClock.PeakRssMb() }, prices);
    }

    private static (NoahReport Report, IReadOnlyList<double>? Prices) Once(
        AllocationProgram program, IAllocationSolver solver, ulong seed, IReadOnlyList<double>? warmStart)
    {
        var clock = new PeerClock();
        var result = solver.Solve(program, new SolveOptions(seed, WarmStart: warmStart));
        var (solverSeconds, solverCpu) = (clock.WallSeconds, clock.CpuSeconds);
        var report = new NoahReport
        {
            Status = result.Status.ToString(),
            Edges = program.EdgeCount,
            Rows = program.Rows.Count,
            SolverSeconds = solverSeconds,
            SolverCpuSeconds = solverCpu,
        };
        if (!result.TryGetAllocation(out var allocation))
        {
            return (report with { WallSeconds = clock.WallSeconds, CpuSeconds = clock.CpuSeconds }, null);
        }

        var integral = RandomizedRounding.Round(program, allocation, seed).Certify(allocation);
        var (wall, cpu) = (clock.WallSeconds, clock.CpuSeconds);
        var fractional = allocation.Certificate;
        return (report with
        {
            WallSeconds = wall,
            CpuSeconds = cpu,
            Objective = integral.Objective,
            DualBound = integral.DualBound,
            RelativeGap = integral.RelativeGap,
            MaxRelativeViolation = Violation(integral),
            FractionalObjective = fractional.Objective,
            FractionalGap = fractional.RelativeGap,
            FractionalViolation = Violation(fractional),
            FractionalUnits = fractional.FractionalUnits,
            BindingRows = fractional.Rows.Count(row => Touches(row.UpperSlack, row.Upper) || Touches(row.LowerSlack, row.Lower)),
            BindingLowerRows = fractional.Rows.Count(row => Touches(row.LowerSlack, row.Lower)),
            BrokenRow = integral.Rows.Where(row => row.Violation > 0).MaxBy(Violation)?.ToString(),
            FullPasses = result.Diagnostics.FullPasses,
            CoreUnits = result.Diagnostics.CoreUnits,
        }, allocation.DualPrices.ToArray());
    }

    // Stricter than the certificate, which takes no bound for less than 1: a tiny capacity must hold, and binds, to a share of itself.
    private static double Violation(Certificate certificate) => Math.Max(certificate.MaxUnitViolation, certificate.Rows.Max(Violation));

    private static double Violation(RowCertificate row) =>
        row.Violation == 0 ? 0 : row.Violation / ((row.Use < row.Lower ? row.Lower : row.Upper) is { } bound and > 0 ? bound : 1);

    private static bool Touches(double? slack, double? bound) => slack <= 1e-6 * bound;
}
