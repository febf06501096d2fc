using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Adam with decoupled decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).</summary>
internal sealed class FlatAdam(Tensor parameters, IReadOnlyList<ParameterBlock> blocks, TrainingOptions options)
    : FlatOptimizer(parameters, blocks, options, moments: 2)
{
    private const double FirstMoment = 0.9, SecondMoment = 0.999;
    private static readonly Scalar KeptMean = FirstMoment, NewMean = 1 - FirstMoment, KeptVariance = SecondMoment, NewVariance = 1 - SecondMoment;
    private static readonly Scalar Epsilon = 1e-8;

    public override double Gain => 1;

    public override double Momentum => FirstMoment;

    protected override void Move(Tensor gradient, double rate, long step, Tensor[] moments)
    {
        using Scalar moved = -rate / (1 - Math.Pow(FirstMoment, step));
        moments[0].mul_(KeptMean).add_(gradient, NewMean);
        moments[1].mul_(KeptVariance).addcmul_(gradient, gradient, NewVariance);
        Parameters.addcdiv_(moments[0], Denominator(step, moments), moved);
    }

    protected override Tensor? InverseRootPreconditioner(long step, Tensor[] moments) => Denominator(step, moments).rsqrt_();

    private static Tensor Denominator(long step, Tensor[] moments)
    {
        using Scalar varianceScale = 1 / (1 - Math.Pow(SecondMoment, step));
        return moments[1].mul(varianceScale).sqrt_().Plus(Epsilon);
    }
}
