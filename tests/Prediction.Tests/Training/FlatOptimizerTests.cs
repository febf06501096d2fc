using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Training;

public sealed class FlatOptimizerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Step_OfDescent_EqualsHeavyBallByHand(double momentum)
    {
        using var scope = NewDisposeScope();
        var network = new ActionNetwork(new NetworkShape(2, [], 1, 1, 0, 1, [2]));
        var options = new ResponseOptions { Optimizer = OptimizerKind.Sgd, Momentum = momentum, WeightDecay = 0.5, MaxGradientNorm = 2 };
        int count = network.ParameterCount;
        var flat = ones([count]);
        using var optimizer = FlatOptimizer.Create(flat, network.Blocks, options);
        double[] weights = [.. Enumerable.Repeat(1.0, count)], velocity = new double[count];
        for (int step = 1; step <= 4; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, count).Select(k => (float)Math.Sin(step * (k + 1)))];
            optimizer.Step(TorchRuntime.TensorOf(gradient, [count], CPU), 0.1);
            double norm = Math.Sqrt(gradient.Sum(g => (double)g * g));
            for (int k = 0; k < count; k++)
            {
                var block = network.Blocks.Single(b => k >= b.Offset && k < b.Offset + b.Length);
                double decay = block.Role == ParameterRole.Bias ? 0 : 0.5;
                velocity[k] = momentum * velocity[k] + gradient[k] * Math.Min(1, 2 / norm);
                weights[k] = weights[k] * (1 - 0.1 * decay) - 0.1 * velocity[k];
            }
        }
        float[] actual = TorchRuntime.ToArray(flat);
        Assert.All(weights, (value, k) => Assert.Equal(value, actual[k], 1e-5));
    }

    [Fact]
    public void Restore_OfASavedState_StepsAsTheOneThatWasSaved()
    {
        using var scope = NewDisposeScope();
        var network = new ActionNetwork(new NetworkShape(2, [], 1, 1, 0, 1, [2]));
        var options = new ResponseOptions();
        Tensor Run(int steps, OptimizerState? from, Tensor weights, out OptimizerState state)
        {
            using var optimizer = FlatOptimizer.Create(weights, network.Blocks, options);
            if (from is not null)
            {
                optimizer.Restore(from);
            }
            for (int step = 0; step < steps; step++)
            {
                optimizer.Step(weights.cos(), 0.1);
            }
            state = optimizer.Save();
            return weights;
        }
        var whole = Run(6, null, ones([network.ParameterCount]), out _);
        var half = Run(3, null, ones([network.ParameterCount]), out var saved);
        Assert.Equal(TorchRuntime.ToArray(whole), TorchRuntime.ToArray(Run(3, saved, half, out _)));
    }
}
