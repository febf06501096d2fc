using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Adam with decoupled decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) and a bound on the gradient's norm, on one flat vector.
/// </summary>
internal sealed class FlatAdam : IDisposable
{
    private const double FirstMoment = 0.9, SecondMoment = 0.999, Epsilon = 1e-8, MaxGradientNorm = 5;

    private readonly Tensor _parameters, _mean, _variance, _decay;
    private long _step;

    public FlatAdam(Tensor parameters, ActionNetwork network, double weightDecay, double effectDecay)
    {
        _parameters = parameters;
        _mean = zeros_like(parameters, requires_grad: false);
        _variance = zeros_like(parameters, requires_grad: false);
        var decay = new float[network.ParameterCount];
        foreach (var block in network.Blocks)
        {
            decay.AsSpan(block.Offset, block.Length).Fill((float)(block.Role switch
            {
                ParameterRole.Bias => 0,
                ParameterRole.Effect => effectDecay,
                _ => weightDecay,
            }));
        }
        _decay = tensor(decay, device: parameters.device);
    }

    public void Step(Tensor gradient, double rate)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        _step++;
        var bounded = gradient * (MaxGradientNorm / (gradient.norm() + Epsilon)).clamp(max: 1.0);
        _mean.mul_(FirstMoment).add_(bounded, alpha: 1 - FirstMoment);
        _variance.mul_(SecondMoment).addcmul_(bounded, bounded, 1 - SecondMoment);
        double meanScale = 1 - Math.Pow(FirstMoment, _step), varianceScale = 1 - Math.Pow(SecondMoment, _step);
        var denominator = (_variance / varianceScale).sqrt_().add_(Epsilon);
        _parameters.mul_((_decay * -rate).add_(1));
        _parameters.addcdiv_(_mean, denominator, -rate / meanScale);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _variance.Dispose();
        _decay.Dispose();
    }
}
