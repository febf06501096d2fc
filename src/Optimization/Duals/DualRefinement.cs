using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>
/// Minimises the dual by damped Newton steps on its smoothed form, with less and less smoothing. The curvature comes from the units that lie between two
/// choices, which the same sweep finds.
/// </summary>
/// <remarks>
/// Every step is accepted only when it lowers the smoothed dual (Armijo), which is convex, so the method descends from any start. A fixed schedule of
/// smoothing without this test failed on tight budgets (lp.md §2.2).
/// </remarks>
internal sealed class DualRefinement
{
    private const double SufficientDecrease = 1e-4;
    // Scores are single precision: below this relative change a sum cannot tell descent from round-off.
    private const double RoundOff = 3e-8;
    private const int MostBacktracks = 8;
    // A price moves at most by this part of itself (or of its typical size) in one step: far from the optimum the curvature says little.
    private const double LongestStep = 0.6;
    private const double LeastShrink = 0.15;

    private readonly AllocationProgram _program;
    private readonly IDualEvaluator _evaluator;
    private readonly PriceDomain _domain;
    private readonly double[] _typicalPrices;
    private double _damping = 1e-3;

    public DualRefinement(AllocationProgram program, IDualEvaluator evaluator, double[] typicalPrices)
    {
        _program = program;
        _evaluator = evaluator;
        _domain = new PriceDomain(program);
        _typicalPrices = typicalPrices;
    }

    /// <summary>Sweeps over all units of the program so far.</summary>
    public int Passes { get; private set; }

    /// <summary>Prices reached.</summary>
    public double[] Prices { get; private set; } = [];

    /// <summary>Smoothing reached.</summary>
    public double Smoothing { get; private set; }

    /// <summary>Evaluation at <see cref="Prices"/> and <see cref="Smoothing"/>.</summary>
    public DualEvaluation? Evaluation { get; private set; }

    /// <summary>Half the squared Newton decrement, relative to the dual: how much lower the smoothed dual can still go.</summary>
    public double RelativeDecrement { get; private set; } = double.PositiveInfinity;

    /// <param name="start">Prices to start from; shape [rows].</param>
    /// <param name="smoothing">γ to start with, positive.</param>
    /// <param name="plan">When smoothing is small enough and how exact each level has to be.</param>
    /// <param name="cancellationToken">Looked at before each sweep.</param>
    public void Run(double[] start, double smoothing, RefinementPlan plan, CancellationToken cancellationToken)
    {
        Prices = _domain.Clip(start);
        Smoothing = smoothing;
        Evaluate(cancellationToken);
        while (Passes < plan.MostPasses)
        {
            var isLast = plan.IsSharp(Evaluation!, Smoothing, Dual());
            var moved = Step(plan.Tolerance, cancellationToken);
            if (moved && RelativeDecrement > (isLast ? plan.Tolerance : plan.LevelTolerance))
            {
                continue;
            }

            if (isLast)
            {
                return;
            }

            Smoothing *= Math.Clamp(plan.Shrink(Evaluation!), LeastShrink, 0.7);
            Evaluate(cancellationToken);
        }
    }

    private double Dual() => _domain.Value(Prices) + Evaluation!.SmoothValue;

    private void Evaluate(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Evaluation = _evaluator.Evaluate(Prices, Smoothing);
        Passes++;
    }

    private bool Step(double tolerance, CancellationToken cancellationToken)
    {
        var rows = _domain.Rows;
        var (slope, isFree) = (new double[rows], new bool[rows]);
        for (var r = 0; r < rows; r++)
        {
            slope[r] = _domain.Slope(r, Prices[r], Evaluation!.Uses[r]);
            isFree[r] = slope[r] != 0;
        }

        var hessian = new DualHessian(_program, Evaluation!.Curvature);
        var diagonal = hessian.Diagonal(rows);
        var (origin, before, dual) = (Prices, Evaluation!, Dual());
        for (var attempt = 0; attempt < MostBacktracks; attempt++)
        {
            var direction = NewtonDirection.Solve(hessian, Smoothing, slope, isFree, Damping(diagonal, origin), tolerance: 1e-3);
            RelativeDecrement = -0.5 * Dot(slope, direction) / Math.Max(1, Math.Abs(dual));
            Prices = Moved(origin, direction);
            var expected = 0.0;
            for (var r = 0; r < rows; r++)
            {
                expected += slope[r] * (Prices[r] - origin[r]);
            }

            if (expected >= 0 || RelativeDecrement <= 0.01 * tolerance)
            {
                (Prices, Evaluation) = (origin, before);
                return false;
            }

            Evaluate(cancellationToken);
            if (Dual() <= dual + (SufficientDecrease * expected) + (RoundOff * Math.Abs(dual)))
            {
                _damping = Math.Max(1e-9, 0.2 * _damping);
                return true;
            }

            _damping = Math.Min(1e6, Math.Max(_damping, 1e-3) * 8);
        }

        (Prices, Evaluation) = (origin, before);
        return false;
    }

    // Where no unit lies between two choices the curvature of a row is unknown; its scale is that of its use over that of its price.
    private double[] Damping(double[] diagonal, double[] prices)
    {
        var damping = new double[diagonal.Length];
        for (var r = 0; r < damping.Length; r++)
        {
            damping[r] = _damping * ((diagonal[r] / Smoothing) + (_domain.Scale(r, prices[r]) / _typicalPrices[r]));
        }

        return damping;
    }

    private double[] Moved(double[] origin, double[] direction)
    {
        var moved = new double[origin.Length];
        for (var r = 0; r < moved.Length; r++)
        {
            var longest = LongestStep * Math.Max(Math.Abs(origin[r]), _typicalPrices[r]);
            moved[r] = _domain.Step(r, origin[r], origin[r] + Math.Clamp(direction[r], -longest, longest));
        }

        return moved;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
