using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Moves one flat parameter vector: a bound on the gradient's norm, decoupled decay, then the kind's own step.</summary>
internal abstract class FlatOptimizer : IDisposable
{
    private static readonly Scalar SmallestNorm = 1e-8;

    private readonly Tensor _decay;
    private readonly Scalar? _maxGradientNorm;
    private readonly Tensor[] _moments;
    private long _step;

    /// <param name="parameters">The vector of the blocks, one after the other.</param>
    /// <param name="blocks">Consecutive ones of a layout.</param>
    /// <param name="options">Decays and bounds.</param>
    /// <param name="moments">Vectors to remember.</param>
    protected FlatOptimizer(Tensor parameters, IReadOnlyList<ParameterBlock> blocks, TrainingOptions options, int moments)
    {
        Parameters = parameters;
        _maxGradientNorm = options.MaxGradientNorm is { } norm ? (Scalar)norm : null;
        _moments = [.. Enumerable.Range(0, moments).Select(_ => zeros_like(parameters, requires_grad: false))];
        var decay = new float[parameters.numel()];
        foreach (var block in blocks)
        {
            decay.AsSpan(block.Offset - blocks[0].Offset, block.Length).Fill((float)(block.Role switch
            {
                ParameterRole.Bias => 0,
                ParameterRole.Effect => options.EffectDecay,
                _ => options.WeightDecay,
            }));
        }
        _decay = TorchRuntime.TensorOf(decay, [decay.Length], parameters.device);
    }

    /// <summary>
    /// How many times a step in an unchanging direction outgrows rate × gradient / preconditioner: 1 / (1 − β) for heavy-ball momentum.
    /// </summary>
    public abstract double Gain { get; }

    /// <summary>β of the average of gradients that a step follows; 0 for the bare gradient.</summary>
    public abstract double Momentum { get; }

    protected Tensor Parameters { get; }

    public static FlatOptimizer Create(Tensor parameters, IReadOnlyList<ParameterBlock> blocks, TrainingOptions options) =>
        options.Optimizer == OptimizerKind.Sgd ? new FlatSgd(parameters, blocks, options) : new FlatAdam(parameters, blocks, options);

    public void Step(Tensor gradient, double rate)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        _step++;
        using Scalar shrink = -rate;
        var bounded = _maxGradientNorm is null
            ? gradient
            : gradient * gradient.norm().Plus(SmallestNorm).reciprocal().mul(_maxGradientNorm).clamp(max: Scalars.One);
        Parameters.mul_(_decay.mul(shrink).Plus(Scalars.One));
        Move(bounded, rate, _step, _moments);
    }

    /// <summary>
    /// (parameters): P^−½ where a step is rate × P⁻¹ × gradient, under which curvature must be seen; null for P = 1. It follows the
    /// caller's dispose scope. Asked of an optimiser that has made a step.
    /// </summary>
    public Tensor? InverseRootPreconditioner() => InverseRootPreconditioner(_step, _moments);

    public OptimizerState Save() => new(_step, [.. _moments.Select(TorchRuntime.ToArray)]);

    public void Restore(OptimizerState state)
    {
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        _step = state.Step;
        for (int k = 0; k < _moments.Length; k++)
        {
            _moments[k].copy_(TorchRuntime.TensorOf(state.Moments[k], [state.Moments[k].Length], _moments[k].device));
        }
    }

    public void Dispose()
    {
        Array.ForEach(_moments, moment => moment.Dispose());
        _decay.Dispose();
        _maxGradientNorm?.Dispose();
    }

    protected abstract void Move(Tensor gradient, double rate, long step, Tensor[] moments);

    protected abstract Tensor? InverseRootPreconditioner(long step, Tensor[] moments);
}
