using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>Looks for the bound at which a row's price leaves its tolerance: outwards until it has, then inwards by the secant of the price.</summary>
internal sealed class BandSearch
{
    // A secant step stays this far from the ends of the bracket, so that a price that falls in steps cannot stall it.
    private const double Safeguard = 0.15;

    private readonly AllocationProgram _program;
    private readonly int _row;
    private readonly Allocation _allocation;
    private readonly IAllocationSolver _solver;
    private readonly SensitivityOptions _options;
    private readonly SolveOptions _solveOptions;
    private readonly double _price;

    public BandSearch(
        AllocationProgram program, int row, Allocation allocation, IAllocationSolver solver, SensitivityOptions options, SolveOptions solveOptions)
    {
        (_program, _row, _allocation, _solver, _options, _solveOptions) = (program, row, allocation, solver, options, solveOptions);
        _price = allocation.DualPrices[row];
        Side = _price < 0 ? BoundSide.Lower : BoundSide.Upper;
        Bound = ExplanationBorder.CheckBound(program, row, Side);
    }

    public BoundSide Side { get; }

    public double Bound { get; }

    public int Solves { get; private set; }

    public (double Bound, double Price, bool Reached) Find(int direction, CancellationToken cancellationToken)
    {
        var inside = new Probe(Bound, _price, _allocation);
        var end = Math.Max(0, Bound * (1 + (direction * _options.Reach)));
        if (ExplanationBorder.Moved(_program, _row, Side, end) is null)
        {
            // The row's other bound ends the range.
            end = ExplanationBorder.BoundOf(_program.Rows[_row], Side == BoundSide.Upper ? BoundSide.Lower : BoundSide.Upper)!.Value;
        }

        Probe? outside = null;
        var at = Bound + ((end - Bound) * Math.Min(1, _options.Tolerance / _options.Reach));
        for (var solve = 0; solve < _options.SolvesPerSide && inside.Bound != end; solve++)
        {
            var probe = Solve(at, inside, cancellationToken);
            var within = probe.Price is { } price && Math.Abs(price - _price) <= _options.Tolerance * Math.Abs(_price);
            (inside, outside) = within ? (probe, outside) : (inside, probe);
            at = outside is null ? Further(at, end) : Between(inside, outside);
        }

        return (inside.Bound, inside.Price!.Value, inside.Bound == end);
    }

    private double Further(double at, double end) => Math.Abs(end - Bound) <= 3 * Math.Abs(at - Bound) ? end : Bound + (3 * (at - Bound));

    private double Between(Probe inside, Probe outside)
    {
        // Infeasible bounds have no price; halving is then all there is.
        var share = 0.5;
        if (outside.Price is { } price && price != inside.Price)
        {
            var limit = _price + (_options.Tolerance * _price * Math.Sign((price - _price) / _price));
            share = Math.Clamp((limit - inside.Price!.Value) / (price - inside.Price.Value), Safeguard, 1 - Safeguard);
        }

        return inside.Bound + (share * (outside.Bound - inside.Bound));
    }

    private Probe Solve(double bound, Probe nearest, CancellationToken cancellationToken)
    {
        Solves++;
        var moved = ExplanationBorder.Moved(_program, _row, Side, bound)!;
        var result = _solver.Solve(moved, _solveOptions with { WarmStart = nearest.Allocation!.DualPrices.ToArray() }, cancellationToken);
        return result.TryGetAllocation(out var allocation) ? new Probe(bound, allocation.DualPrices[_row], allocation) : new Probe(bound, null, null);
    }

    private sealed record Probe(double Bound, double? Price, Allocation? Allocation);
}
