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
    private const double ShorterStep = 0.5;
    private const double LeastShrink = 0.1;

    private readonly AllocationProgram _program;
    private readonly IDualEvaluator _evaluator;
    private readonly PriceDomain _domain;
    private readonly RidgeWeights _weights;
    private readonly double[] _typicalPrices;
    private readonly double[] _typicalUses;
    private readonly double[] _radii;
    private double _damping = 1e-3;

    public DualRefinement(AllocationProgram program, IDualEvaluator evaluator, ProgramScale scale)
    {
        _program = program;
        _evaluator = evaluator;
        _domain = new PriceDomain(program);
        _weights = new RidgeWeights(program);
        (_typicalPrices, _typicalUses) = (scale.TypicalPrices(), scale.TypicalUses());
        _radii = new double[_typicalPrices.Length];
        Array.Fill(_radii, LongestStep);
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

    /// <summary>Prices that the path of optimal prices points to as smoothing vanishes; shape [rows].</summary>
    public double[] LimitPrices() => Along(Tangent(), -Smoothing);

    /// <summary>Sets the start of <see cref="Run"/>.</summary>
    /// <param name="start">Prices to start from; shape [rows].</param>
    /// <param name="smoothing">γ to start with, positive.</param>
    /// <param name="cancellationToken">Looked at before each sweep.</param>
    public void Start(double[] start, double smoothing, CancellationToken cancellationToken)
    {
        Prices = _domain.Clip(start);
        Smoothing = smoothing;
        Evaluate(cancellationToken);
    }

    /// <summary>Follows the optimal prices from where it is to less smoothing.</summary>
    /// <param name="plan">When smoothing is small enough and how exact each level has to be.</param>
    /// <param name="cancellationToken">Looked at before each sweep.</param>
    public void Run(RefinementPlan plan, CancellationToken cancellationToken)
    {
        while (Passes < plan.MostPasses)
        {
            var isLast = plan.IsSharp(Evaluation!, Smoothing, Dual());
            var balanced = plan.IsBalanced(Imbalance(), Evaluation!, isLast);
            var moved = !balanced && Step(plan.Tolerance, cancellationToken);
            if (moved && RelativeDecrement > (isLast ? plan.Tolerance : plan.LevelTolerance))
            {
                continue;
            }

            if (isLast)
            {
                return;
            }

            NextLevel(Smoothing * Math.Clamp(plan.Shrink(Evaluation!), LeastShrink, 0.7), cancellationToken);
        }
    }

    // By how many typical units the uses miss the bounds that their prices speak of.
    private double Imbalance()
    {
        var units = 0.0;
        for (var r = 0; r < Prices.Length; r++)
        {
            units += Math.Abs(_domain.Slope(r, Prices[r], Evaluation!.Uses[r])) / _typicalUses[r];
        }

        return units;
    }

    private double Dual() => _domain.Value(Prices) + Evaluation!.SmoothValue;

    private void Evaluate(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Evaluation = _evaluator.Evaluate(Prices, Smoothing);
        Passes++;
    }

    // Optimal prices move nearly along a line as smoothing falls. Where the prediction is worse than the exact dual before it, and so than any smoothed one
    // there, the level starts from where it was.
    private void NextLevel(double smoothing, CancellationToken cancellationToken)
    {
        var (origin, worst) = (Prices, _domain.Value(Prices) + Evaluation!.ExactValue);
        Prices = Along(Tangent(), smoothing - Smoothing);
        Smoothing = smoothing;
        Evaluate(cancellationToken);
        if (Dual() > worst)
        {
            Prices = origin;
            Evaluate(cancellationToken);
        }
    }

    // Derivative of the optimal prices to γ, by the implicit function theorem: where the uses meet the bounds, H λ' = ∂uses/∂γ.
    private double[] Tangent()
    {
        var rows = _domain.Rows;
        var hessian = new DualHessian(_program, _weights, Evaluation!.Curvature);
        var derivative = hessian.SmoothingDerivative(rows);
        var isFree = new bool[rows];
        for (var r = 0; r < rows; r++)
        {
            derivative[r] /= -Smoothing;
            isFree[r] = Prices[r] != 0;
        }

        var damping = Damping(hessian.Diagonal(rows), Prices, Math.Min(_damping, 1e-6));
        return new NewtonModel(hessian, Smoothing, derivative, isFree).Step(damping);
    }

    private double[] Along(double[] tangent, double change)
    {
        var prices = new double[Prices.Length];
        for (var r = 0; r < prices.Length; r++)
        {
            var longest = LongestStep * Unit(r, Prices[r]);
            prices[r] = _domain.Step(r, Prices[r], Prices[r] + Math.Clamp(change * tangent[r], -longest, longest));
        }

        return prices;
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

        var hessian = new DualHessian(_program, _weights, Evaluation!.Curvature);
        var diagonal = hessian.Diagonal(rows);
        var model = new NewtonModel(hessian, Smoothing, slope, isFree);
        var (origin, before, dual) = (Prices, Evaluation!, Dual());
        for (var attempt = 0; attempt < MostBacktracks; attempt++)
        {
            var (least, most) = Reach(origin, slope);
            Prices = Moved(origin, model.StepWithin(Damping(diagonal, origin, _damping), least, most));
            var expected = 0.0;
            for (var r = 0; r < rows; r++)
            {
                expected += slope[r] * (Prices[r] - origin[r]);
            }

            RelativeDecrement = -0.5 * expected / Math.Max(1, Math.Abs(dual));
            if (RelativeDecrement <= 0.01 * tolerance)
            {
                // With more rows than are factorised the step is cut coordinate by coordinate and need not descend; damped enough it does.
                if (expected < 0 || attempt == MostBacktracks - 1)
                {
                    break;
                }

                _damping = Math.Min(1e6, Math.Max(_damping, 1e-3) * 10);
                continue;
            }

            Evaluate(cancellationToken);
            var accepted = Dual() <= dual + (SufficientDecrease * expected) + (RoundOff * Math.Abs(dual));
            AdaptRadii(slope, origin, accepted);
            if (accepted)
            {
                _damping = attempt == 0 ? Math.Max(1e-9, 0.2 * _damping) : _damping;
                return true;
            }

            _damping = Math.Min(1e6, Math.Max(_damping, 1e-5) * 3);
        }

        (Prices, Evaluation) = (origin, before);
        return false;
    }

    // A row whose use crosses its bound has stepped over its optimum: it steps shorter from now on, alone. Thousands of rows would otherwise wait for the
    // worst of them.
    private void AdaptRadii(double[] slope, double[] origin, bool accepted)
    {
        for (var r = 0; r < slope.Length; r++)
        {
            var step = Math.Abs(Prices[r] - origin[r]) / Unit(r, origin[r]);
            if (slope[r] * _domain.Slope(r, Prices[r], Evaluation!.Uses[r]) < 0)
            {
                _radii[r] = Math.Min(_radii[r], ShorterStep * step);
            }
            else if (accepted)
            {
                _radii[r] = Math.Min(LongestStep, 1.6 * _radii[r]);
            }
        }
    }

    private double Unit(int row, double price) => Math.Max(Math.Abs(price), _typicalPrices[row]);

    // Where no unit lies between two choices the curvature of a row is unknown; its scale is that of its use over that of its price.
    private double[] Damping(double[] diagonal, double[] prices, double factor)
    {
        var damping = new double[diagonal.Length];
        for (var r = 0; r < damping.Length; r++)
        {
            damping[r] = factor * ((diagonal[r] / Smoothing) + (_domain.Scale(r, prices[r]) / _typicalPrices[r]));
        }

        return damping;
    }

    private (double[] Least, double[] Most) Reach(double[] origin, double[] slope)
    {
        var (least, most) = (new double[origin.Length], new double[origin.Length]);
        for (var r = 0; r < origin.Length; r++)
        {
            (least[r], most[r]) = _domain.Reach(r, origin[r], slope[r], _radii[r] * Unit(r, origin[r]));
        }

        return (least, most);
    }

    private double[] Moved(double[] origin, double[] step)
    {
        var moved = new double[origin.Length];
        for (var r = 0; r < moved.Length; r++)
        {
            moved[r] = _domain.Step(r, origin[r], origin[r] + step[r]);
        }

        return moved;
    }
}
