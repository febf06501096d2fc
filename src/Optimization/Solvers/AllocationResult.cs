using System.Diagnostics.CodeAnalysis;
using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>Outcome of a solve. There is no allocation to read unless the status allows it.</summary>
public sealed class AllocationResult
{
    private readonly Allocation? _allocation;

    private AllocationResult(
        AllocationStatus status, SolveOptions options, SolveDiagnostics diagnostics, Allocation? allocation = null, Infeasibility? infeasibility = null)
    {
        Status = status;
        Options = options;
        Diagnostics = diagnostics;
        Infeasibility = infeasibility;
        _allocation = allocation;
    }

    /// <summary>Certified relative gap up to which a feasible allocation is called optimal: 1e-6.</summary>
    public const double OptimalGap = 1e-6;

    /// <summary>What the solve came to.</summary>
    public AllocationStatus Status { get; }

    /// <summary>The options it was made with, seed included.</summary>
    public SolveOptions Options { get; }

    /// <summary>How it came about.</summary>
    public SolveDiagnostics Diagnostics { get; }

    /// <summary>The conflict; present exactly when <see cref="Status"/> is <see cref="AllocationStatus.Infeasible"/>.</summary>
    public Infeasibility? Infeasibility { get; }

    /// <summary>Reads the allocation if there is one.</summary>
    /// <param name="allocation">The allocation when the status is <see cref="AllocationStatus.Optimal"/> or
    /// <see cref="AllocationStatus.Feasible"/>.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetAllocation([NotNullWhen(true)] out Allocation? allocation)
    {
        allocation = _allocation;
        return allocation is not null;
    }

    /// <summary>
    /// The result of a solver that found a point: the status follows from the certificate, not from what the solver says of itself.
    /// Probabilities within 1e-9 of 0 or 1 are set there first, so that round-off makes no fractional unit.
    /// </summary>
    /// <param name="program">The original program.</param>
    /// <param name="probabilities">x of each edge; shape [edges].</param>
    /// <param name="dualPrices">Price of each row, signed as in <see cref="RowCertificate.DualPrice"/>; shape [rows].</param>
    /// <param name="options">Echoed.</param>
    /// <param name="diagnostics">Echoed.</param>
    /// <returns>Optimal, Feasible, or NotConverged without an allocation.</returns>
    /// <exception cref="ArgumentException">A length does not fit the program or a number is not finite.</exception>
    public static AllocationResult Certified(
        AllocationProgram program, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> dualPrices, SolveOptions options, SolveDiagnostics diagnostics)
    {
        ArgumentNullException.ThrowIfNull(program);
        var snapped = probabilities.ToArray();
        for (var edge = 0; edge < snapped.Length; edge++)
        {
            snapped[edge] = Math.Abs(snapped[edge]) <= SnapTolerance ? 0 : Math.Abs(snapped[edge] - 1) <= SnapTolerance ? 1 : snapped[edge];
        }

        return Certified(program, EdgeProbabilities.Of(snapped), dualPrices, options, diagnostics);
    }

    /// <summary>The result of a solver that found a point: the status follows from the certificate, not from what the solver says of
    /// itself.</summary>
    /// <param name="program">The original program.</param>
    /// <param name="x">x of the edges.</param>
    /// <param name="dualPrices">Price of each row, signed as in <see cref="RowCertificate.DualPrice"/>; shape [rows].</param>
    /// <param name="options">Echoed.</param>
    /// <param name="diagnostics">Echoed.</param>
    /// <returns>Optimal, Feasible, or NotConverged without an allocation.</returns>
    /// <exception cref="ArgumentException">A length does not fit the program or a number is not finite.</exception>
    public static AllocationResult Certified(
        AllocationProgram program, EdgeProbabilities x, ReadOnlySpan<double> dualPrices, SolveOptions options, SolveDiagnostics diagnostics) =>
        Certified(program, x, dualPrices, options, diagnostics, null);

    internal static AllocationResult Certified(
        AllocationProgram program, EdgeProbabilities x, ReadOnlySpan<double> dualPrices, SolveOptions options, SolveDiagnostics diagnostics, int[]? nearUnits)
    {
        ArgumentNullException.ThrowIfNull(program);
        var prices = dualPrices.ToArray();
        for (var row = 0; row < Math.Min(prices.Length, program.Rows.Count); row++)
        {
            // Adding 0 turns a solver's −0 into 0.
            prices[row] = PriceTable.Clip(program.Rows[row], prices[row]) + 0.0;
        }

        var certificate = Certificate.Of(program, x, prices);
        return certificate switch
        {
            { IsFeasible: false } => new AllocationResult(AllocationStatus.NotConverged, options, diagnostics),
            { RelativeGap: <= OptimalGap } => new AllocationResult(AllocationStatus.Optimal, options, diagnostics, new Allocation(x, prices, certificate, nearUnits)),
            _ => new AllocationResult(AllocationStatus.Feasible, options, diagnostics, new Allocation(x, prices, certificate, nearUnits)),
        };
    }

    /// <summary>The result of a solver that proved that there is no allocation.</summary>
    /// <param name="infeasibility">The conflict.</param>
    /// <param name="options">Echoed.</param>
    /// <param name="diagnostics">Echoed.</param>
    /// <returns>A result with status <see cref="AllocationStatus.Infeasible"/>.</returns>
    public static AllocationResult Conflict(Infeasibility infeasibility, SolveOptions options, SolveDiagnostics diagnostics) =>
        new(AllocationStatus.Infeasible, options, diagnostics, infeasibility: infeasibility);

    /// <summary>The result of a solver that ended without a point.</summary>
    /// <param name="status"><see cref="AllocationStatus.TimeLimit"/> or <see cref="AllocationStatus.NotConverged"/>.</param>
    /// <param name="options">Echoed.</param>
    /// <param name="diagnostics">Echoed.</param>
    /// <returns>A result without an allocation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another status.</exception>
    public static AllocationResult Without(AllocationStatus status, SolveOptions options, SolveDiagnostics diagnostics) =>
        status is AllocationStatus.TimeLimit or AllocationStatus.NotConverged
            ? new AllocationResult(status, options, diagnostics)
            : throw new ArgumentOutOfRangeException(nameof(status), status, "Only TimeLimit and NotConverged come without an allocation or an explanation.");

    /// <summary>Certified relative gap; ∞ without an allocation.</summary>
    internal double Gap() => _allocation?.Certificate.RelativeGap ?? double.PositiveInfinity;

    private const double SnapTolerance = 1e-9;
}
