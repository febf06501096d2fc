using Noah.Prediction.Diagnostics;
using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>What the networks of all models share. The defaults fit tens of thousands of rows in seconds on one core.</summary>
public abstract record TrainingOptions
{
    /// <summary>Names of the actions; the first is "none" (no send), against which the others are measured. 1 to 1,000, unique.</summary>
    public IReadOnlyList<string> Actions { get; init; } = ["none"];

    /// <summary>Seed of every random choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Widths of the trunk's layers. Default 32, 16. 1 to 8 layers of 1 to 4,096.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [32, 16];

    /// <summary>Low-rank cross layers. Default 2 (enough in LiRank's DCNv2). 0 to 8.</summary>
    public int CrossLayers { get; init; } = 2;

    /// <summary>Rank of the cross layers' weights. Default 8. 1 to 1,024.</summary>
    public int CrossRank { get; init; } = 8;

    /// <summary>
    /// Whether cross layers with attention run beside the plain ones (LiRank's Residual DCN, arXiv 2402.06859). Default false: on
    /// tens of thousands of rows the plain ones do as well.
    /// </summary>
    public bool CrossAttention { get; init; }

    /// <summary>Attention scores are divided by it; a low one sharpens attention. Default 1. In [0.01, 100].</summary>
    public double AttentionTemperature { get; init; } = 1;

    /// <summary>
    /// Whether each trunk layer is multiplied by a gate of its own output (GateNet; LiRank). Default false: it helped LiRank's
    /// feed and not its jobs.
    /// </summary>
    public bool DenseGating { get; init; }

    /// <summary>Width of every embedding; null, the default: int(V^0.25) + 1 for V codes. 1 to 512.</summary>
    public int? EmbeddingWidth { get; init; }

    /// <summary>How embedding rows are stepped. Default Auto.</summary>
    public EmbeddingOptimizer EmbeddingOptimizer { get; init; } = EmbeddingOptimizer.Auto;

    /// <summary>Rate of the row-wise optimiser, cut and warmed up together with <see cref="LearningRate"/>. Default 0.05. In (0, 1].</summary>
    public double EmbeddingRate { get; init; } = 0.05;

    /// <summary>
    /// Share of all steps that <see cref="MaxEpochs"/> allow over which the rate rises linearly from 0. Default 0: few epochs of a small
    /// network need none. LiRank cured divergence of deep crosses with half. In [0, 0.6].
    /// </summary>
    public double WarmupShare { get; init; }

    /// <summary>Rows per step. Default 1,024. At least 1.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Limit of passes over the training rows. Default 40. At least 1.</summary>
    public int MaxEpochs { get; init; } = 40;

    /// <summary>Epochs without a better validation loss before training stops. Default 6. At least 1.</summary>
    public int Patience { get; init; } = 6;

    /// <summary>How a gradient becomes a step. Default Adam; plain descent wants a rate of its own.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The first rate of the optimiser. Default 0.005, for Adam. In (0, 1]; up to 1,000 for <see cref="OptimizerKind.Sgd"/>.</summary>
    public double LearningRate { get; init; } = 0.005;

    /// <summary>Heavy-ball momentum of <see cref="OptimizerKind.Sgd"/>; Adam has its own. Default 0.9. In [0, 1).</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Longer gradients are shortened to this norm. Default 5; null for no bound. Above 0.</summary>
    public double? MaxGradientNorm { get; init; } = 5;

    /// <summary>
    /// Micro-batch sharpness-aware minimisation. Default null, off: it doubles the work of a step, and what it gains is over-fitting
    /// avoided, of which campaigns above some 100,000 rows have little.
    /// </summary>
    public MicroBatchSamOptions? MicroBatchSam { get; init; }

    /// <summary>The watch over the rate. Default on; null for none.</summary>
    public StabilityOptions? Stability { get; init; } = new();

    /// <summary>Factor on the rate after every second epoch without a better validation loss. Default 0.3. In (0, 1].</summary>
    public double PlateauFactor { get; init; } = 0.3;

    /// <summary>Decoupled decay of the weights per unit of rate (Loshchilov and Hutter 2019). Default 0.01. At least 0.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>
    /// The same for the weights of each action's effect. Default 1: effects vary less between members than responses do, so what differs
    /// between members must earn its place against one constant effect per action. At least 0.
    /// </summary>
    public double EffectDecay { get; init; } = 1;

    /// <summary>
    /// Parts the rows are split into at random. One network is fitted for each, on the other parts; the part stops and calibrates it, and
    /// predictions average the networks. Default 5: rare outcomes need every row for calibration, not one split's few. 2 to 20.
    /// </summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Whether the model keeps by what weight old rows hold against new ones in a refresh: the curvature of its loss, for one pass more over the
    /// rows, which are held whole meanwhile, and twice the file. Default false: then the first refresh takes it from its own rows.
    /// </summary>
    public bool KeepCurvature { get; init; }

    /// <summary>How features become numbers.</summary>
    public FeatureEncoderOptions Encoder { get; init; } = new();

    /// <summary>Where tensors live. Default Auto.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>
    /// Precision of matrix products while a network trains; scoring is always full. Default <see cref="MatrixPrecision.Full"/>: what
    /// figures elsewhere are in. For the whole process as long as an epoch lasts, like <see cref="Threads"/>.
    /// </summary>
    public MatrixPrecision MatrixPrecision { get; init; } = MatrixPrecision.Full;

    /// <summary>
    /// Threads that share a training. Where tables are stepped row by row they share the pieces of a batch, with the same bits for any number of
    /// them; otherwise they are libtorch's, for the whole process, which sum in another order and collapse when the cores are shared. Default 1.
    /// 1 to 1,024.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Networks that are fitted: of the first folds only, or of all.</summary>
    internal virtual int NetworkCount => Folds;

    /// <summary>Features that calibration curves inside the network depend on; null: there are no curves.</summary>
    internal virtual IReadOnlyList<string>? CurveFeatures => null;

    internal void Validate()
    {
        RequireNames(Actions, nameof(Actions));
        bool hiddenFits = Hidden is { Count: >= 1 and <= 8 } && Hidden.All(width => width is >= 1 and <= 4096);
        Require(hiddenFits, nameof(Hidden), "1 to 8 layers of 1 to 4,096");
        Require(CrossLayers is >= 0 and <= 8, nameof(CrossLayers), "[0, 8]");
        Require(CrossRank is >= 1 and <= 1024, nameof(CrossRank), "[1, 1024]");
        Require(AttentionTemperature is >= 0.01 and <= 100, nameof(AttentionTemperature), "[0.01, 100]");
        Require(EmbeddingWidth is null or (>= 1 and <= 512), nameof(EmbeddingWidth), "null or [1, 512]");
        Require(Enum.IsDefined(EmbeddingOptimizer), nameof(EmbeddingOptimizer), "one of its names");
        Require(EmbeddingRate is > 0 and <= 1, nameof(EmbeddingRate), "(0, 1]");
        Require(WarmupShare is >= 0 and <= 0.6, nameof(WarmupShare), "[0, 0.6]");
        Require(BatchSize >= 1, nameof(BatchSize), "at least 1");
        Require(MaxEpochs >= 1, nameof(MaxEpochs), "at least 1");
        Require(Patience >= 1, nameof(Patience), "at least 1");
        Require(Enum.IsDefined(Optimizer), nameof(Optimizer), "Adam or Sgd");
        bool isSgd = Optimizer == OptimizerKind.Sgd;
        Require(LearningRate > 0 && LearningRate <= (isSgd ? 1000 : 1), nameof(LearningRate), isSgd ? "(0, 1000]" : "(0, 1]");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), "[0, 1)");
        Require(MaxGradientNorm is null or (> 0 and < double.PositiveInfinity), nameof(MaxGradientNorm), "null or above 0");
        // Micro-batches are perturbed on one vector of all weights, which row-wise steps do not have.
        Require(MicroBatchSam is null || EmbeddingOptimizer != EmbeddingOptimizer.RowWise, nameof(MicroBatchSam), "null with row-wise embeddings");
        Require(MicroBatchSam is null or { Shards: >= 1 and <= 4096 }, nameof(MicroBatchSam), "null or of 1 to 4,096 shards");
        Require(MicroBatchSam is null or { Radius: >= 0 and <= 10 }, nameof(MicroBatchSam), "null or of a radius in [0, 10]");
        Require(Stability is null or { ProbeRows: >= 2 and <= 4096 }, nameof(Stability), "null or of 2 to 4,096 probe rows");
        Require(PlateauFactor is > 0 and <= 1, nameof(PlateauFactor), "(0, 1]");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), "at least 0");
        Require(EffectDecay >= 0 && double.IsFinite(EffectDecay), nameof(EffectDecay), "at least 0");
        Require(Folds is >= 2 and <= 20, nameof(Folds), "[2, 20]");
        Require(Enum.IsDefined(MatrixPrecision), nameof(MatrixPrecision), "Full or Medium");
        Require(Threads is >= 1 and <= 1024, nameof(Threads), "[1, 1024]");
        Require(Encoder is not null, nameof(Encoder), "not null");
        Encoder!.Validate();
    }

    private protected static void RequireNames(IReadOnlyList<string> names, string option) =>
        Require(
            names is { Count: >= 1 and <= 1000 } && names.All(name => !string.IsNullOrWhiteSpace(name))
            && names.Distinct(StringComparer.Ordinal).Count() == names.Count,
            option, "1 to 1,000 unique names");

    private protected static void Require(bool condition, string option, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"{option} must be {allowed}.", option);
        }
    }
}
