using Noah.Optimization.Certificates;
using Noah.Optimization.Duals;
using Noah.Optimization.Programs;
using Noah.Optimization.Tests.Reference;

namespace Noah.Optimization.Tests.Duals;

public sealed class LocalDualEvaluatorTests
{
    public static TheoryData<string> Programs { get; } = new("single", "two", "channels", "caps of each unit");

    [Theory]
    [MemberData(nameof(Programs))]
    public void ExactValue_EqualsTheCertificatesBound(string name)
    {
        var program = Program(name);
        for (var seed = 0; seed < 5; seed++)
        {
            var prices = Prices(program, seed);
            var certificate = Certificate.Of(program, new double[program.EdgeCount], prices);
            foreach (var smoothing in new[] { 0, 1e-3, 0.3 })
            {
                var evaluation = new LocalDualEvaluator(program).Evaluate(prices, smoothing);
                var bound = evaluation.ExactValue + new PriceDomain(program).Value(prices);
                Assert.Equal(certificate.DualBound, bound, 1e-6 * certificate.DualBound);
                Assert.InRange(evaluation.SmoothValue, 0, evaluation.ExactValue * (1 + 1e-6));
            }
        }
    }

    // By Danskin's theorem the uses are minus the derivative of the smoothed value to the prices.
    [Theory]
    [MemberData(nameof(Programs))]
    public void Uses_AreTheDerivativeOfTheSmoothedValue(string name)
    {
        var program = Program(name);
        var (prices, evaluator) = (Prices(program, 1), new LocalDualEvaluator(program));
        var uses = evaluator.Evaluate(prices, 0.3).Uses;
        for (var r = 0; r < prices.Length; r++)
        {
            var step = 0.02 * Math.Max(prices[r], 0.05);
            var derivative = (Shifted(r, step).SmoothValue - Shifted(r, -step).SmoothValue) / (2 * step);
            Assert.Equal(-uses[r], derivative, (0.01 * uses[r]) + 0.05);
        }

        DualEvaluation Shifted(int row, double step)
        {
            var shifted = (double[])prices.Clone();
            shifted[row] += step;
            return evaluator.Evaluate(shifted, 0.3);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Curvature_IsMinusTheDerivativeOfTheUses(string name)
    {
        const double Smoothing = 0.5;
        var program = Program(name);
        var (prices, evaluator, random) = (Prices(program, 2), new LocalDualEvaluator(program), new Random(4));
        var direction = prices.Select(price => price * (random.NextDouble() - 0.5)).ToArray();
        var product = new double[prices.Length];
        new DualHessian(program, new RidgeWeights(program), evaluator.Evaluate(prices, Smoothing).Curvature).Multiply(direction, product);
        const double Step = 1e-2;
        var (up, down) = (Uses(Step), Uses(-Step));
        var scale = product.Max(Math.Abs) / Smoothing;
        for (var r = 0; r < prices.Length; r++)
        {
            Assert.Equal(product[r] / Smoothing, (down[r] - up[r]) / (2 * Step), 0.03 * scale);
        }

        double[] Uses(double step) => evaluator.Evaluate([.. prices.Zip(direction, (price, d) => price + (step * d))], Smoothing).Uses;
    }

    [Fact]
    public void Dense_EqualsProductsWithUnitVectors()
    {
        var program = Program("channels");
        var rows = program.Rows.Count;
        var groups = new LocalDualEvaluator(program).Evaluate(Prices(program, 3), 0.4).Curvature;
        var hessian = new DualHessian(program, new RidgeWeights(program), groups);
        var (dense, diagonal, column) = (hessian.Dense(rows), hessian.Diagonal(rows), new double[rows]);
        for (var r = 0; r < rows; r++)
        {
            var unit = new double[rows];
            unit[r] = 1;
            hessian.Multiply(unit, column);
            Assert.Equal(column[r], diagonal[r], 1e-9 * Math.Max(1, Math.Abs(column[r])));
            Assert.All(Enumerable.Range(0, rows), other => Assert.Equal(column[other], dense[(other * rows) + r], 1e-9 * Math.Max(1, Math.Abs(column[other]))));
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Evaluate_OnAnyNumberOfThreads_GivesTheSameBytes(string name)
    {
        var program = Program(name);
        var prices = Prices(program, 6);
        var one = new LocalDualEvaluator(program, 1).Evaluate(prices, 0.1);
        var four = new LocalDualEvaluator(program, 4).Evaluate(prices, 0.1);
        Assert.Equal((one.SmoothValue, one.ExactValue), (four.SmoothValue, four.ExactValue));
        Assert.Equal(one.Uses, four.Uses);
    }

    private static AllocationProgram Program(string name) => name switch
    {
        "single" => ReferencePrograms.Mailing(3_000, 11, seed: 5),
        "two" => ReferencePrograms.Mailing(3_000, 5, seed: 5, cap: 2),
        "channels" => ChannelPrograms.Draw(3_000, seed: 5),
        _ => ChannelPrograms.Draw(3_000, seed: 6, perUnitCaps: true),
    };

    private static double[] Prices(AllocationProgram program, int seed)
    {
        var random = new Random(seed);
        var typical = new ProgramScale(program, 1).TypicalPrices();
        return [.. program.Rows.Select((row, r) => row.Upper is null ? 0 : 0.4 * random.NextDouble() * typical[r])];
    }
}
