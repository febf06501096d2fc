using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Heavy-ball momentum (Polyak 1964): v ← β v + g, w ← w − rate · v.</summary>
internal sealed class FlatSgd(Tensor parameters, IReadOnlyList<ParameterBlock> blocks, TrainingOptions options)
    : FlatOptimizer(parameters, blocks, options, options.Momentum > 0 ? 1 : 0)
{
    private readonly double _momentum = options.Momentum;

    public override double Gain => 1 / (1 - _momentum);

    public override double Momentum => _momentum;

    protected override void Move(Tensor gradient, double rate, long step, Tensor[] moments)
    {
        using Scalar moved = -rate;
        if (moments.Length > 0)
        {
            using Scalar kept = _momentum;
            gradient = moments[0].mul_(kept).add_(gradient, Scalars.One);
        }
        Parameters.add_(gradient, moved);
    }

    protected override Tensor? InverseRootPreconditioner(long step, Tensor[] moments) => null;
}
