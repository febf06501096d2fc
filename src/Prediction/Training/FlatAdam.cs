using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Adam with decoupled decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) and a bound on the gradient's norm, on one flat vector.
/// </summary>
internal sealed class FlatAdam : IDisposable
{
    private const double FirstMoment = 0.9, SecondMoment = 0.999;
    private static readonly Scalar KeptMean = FirstMoment, NewMean = 1 - FirstMoment, KeptVariance = SecondMoment, NewVariance = 1 - SecondMoment;
    private static readonly Scalar Epsilon = 1e-8, MaxGradientNorm = 5.0;

    private readonly Tensor _parameters, _mean, _variance, _decay;
    private long _step;

    /// <param name="parameters">The vector of the blocks, one after the other.</param>
    /// <param name="blocks">Consecutive ones of a layout.</param>
    /// <param name="weightDecay">Of weights and embeddings.</param>
    /// <param name="effectDecay">Of effects.</param>
    public FlatAdam(Tensor parameters, IReadOnlyList<ParameterBlock> blocks, double weightDecay, double effectDecay)
    {
        _parameters = parameters;
        _mean = zeros_like(parameters, requires_grad: false);
        _variance = zeros_like(parameters, requires_grad: false);
        var decay = new float[parameters.numel()];
        foreach (var block in blocks)
        {
            decay.AsSpan(block.Offset - blocks[0].Offset, block.Length).Fill((float)(block.Role switch
            {
                ParameterRole.Bias => 0,
                ParameterRole.Effect => effectDecay,
                _ => weightDecay,
            }));
        }
        _decay = TorchRuntime.TensorOf(decay, [decay.Length], parameters.device);
    }

    public void Step(Tensor gradient, double rate)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        _step++;
        using Scalar varianceScale = 1 / (1 - Math.Pow(SecondMoment, _step));
        using Scalar step = -rate / (1 - Math.Pow(FirstMoment, _step));
        using Scalar shrink = -rate;
        var bounded = gradient * gradient.norm().Plus(Epsilon).reciprocal().mul(MaxGradientNorm).clamp(max: Scalars.One);
        _mean.mul_(KeptMean).add_(bounded, NewMean);
        _variance.mul_(KeptVariance).addcmul_(bounded, bounded, NewVariance);
        var denominator = _variance.mul(varianceScale).sqrt_().Plus(Epsilon);
        _parameters.mul_(_decay.mul(shrink).Plus(Scalars.One));
        _parameters.addcdiv_(_mean, denominator, step);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _variance.Dispose();
        _decay.Dispose();
    }
}
