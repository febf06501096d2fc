using Noah.Prediction.Artifacts;
using Noah.Prediction.Attribution;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Serving;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Training;

/// <summary>
/// An encoder and the networks of all folds, whose outputs are averaged: what all models are made of. Immutable.
/// </summary>
internal sealed class FittedNetwork
{
    private const int ScoredAtOnce = 1 << 16;
    private const string Weights = "network", Base = "base", BaseCurvature = "base-curvature", Curvature = "curvature";

    private readonly ActionNetwork _network;
    private readonly float[][] _weights;
    private readonly TrainingOptions _options;
    private readonly NetworkServer _server;

    private FittedNetwork(
        FeatureEncoder encoder, ActionNetwork network, float[][] weights, TrainingOptions options, ScoringOptions? scoring = null)
    {
        Encoder = encoder;
        _network = network;
        _weights = weights;
        _options = options;
        _server = new NetworkServer(network, weights, options, scoring ?? new ScoringOptions());
    }

    public FeatureEncoder Encoder { get; }

    /// <summary>Of each network; null where none was kept.</summary>
    public IReadOnlyList<WeightMemory>? Memory { get; private init; }

    public int RepresentationWidth => _network.Shape.RepresentationWidth;

    /// <summary>Fits one network per fold; without a loss there is nothing to learn, and the starting weights stay.</summary>
    /// <param name="set">The data.</param>
    /// <param name="heads">Outputs per row.</param>
    /// <param name="startOf">From training rows, the outputs to start from under each action, [actions × heads].</param>
    /// <param name="loss">Null where no outcome varies.</param>
    /// <param name="options">Checked.</param>
    /// <param name="random">Seeded.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where states are left and found; null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>
    /// The networks, the report, and for each row the outputs of the network that has not seen it, [rows × heads]; NaN in the rows of a fold
    /// without a network.
    /// </returns>
    public static (FittedNetwork Network, TrainingReport Report, float[] UnseenOutputs) Fit(
        TrainingSet set, int heads, Func<int[], float[]> startOf, BatchLoss? loss, TrainingOptions options, Random random,
        IProgress<TrainingProgress>? progress, TrainingCheckpoints? checkpoints, CancellationToken cancellation)
    {
        var (encoder, encoded, digest) = set.Data.Prepare(options, set);
        var network = new ActionNetwork(ShapeOf(encoder, heads, options));
        var run = new TrainingRun(network, encoded, set, options, CheckpointFile.Identity(digest, options), checkpoints);
        var trained = new List<TrainedFold>();
        if ((long)set.Rows * heads > Array.MaxLength)
        {
            throw new ArgumentException($"{set.Rows} rows of {heads} outputs are more than {Array.MaxLength} numbers.", nameof(set));
        }
        var unseen = new float[set.Rows * heads];
        if (options.NetworkCount < set.Folds.Length)
        {
            Array.Fill(unseen, float.NaN);
        }
        for (int fold = 0; loss is not null && fold < options.NetworkCount; fold++)
        {
            int[] rows = [.. set.Folds.Where((_, f) => f != fold).SelectMany(part => part)];
            float[] start = network.Initialize(random, StartOf(set, rows, heads, startOf));
            trained.Add(run.Train(fold, rows, start, loss, random, progress, cancellation));
            foreach (int[] part in set.Folds[fold].Chunk(ScoredAtOnce))
            {
                int[] actions = Array.ConvertAll(part, row => set.Actions[row]);
                float[] outputs = NetworkScorer.Outputs(network, trained[^1].Weights, encoded.Select(part), actions, options);
                for (int i = 0; i < part.Length; i++)
                {
                    outputs.AsSpan(i * heads, heads).CopyTo(unseen.AsSpan(part[i] * heads));
                }
            }
        }
        var report = new TrainingReport
        {
            Seed = options.Seed,
            Device = TorchRuntime.NameOf(options),
            MatrixPrecision = MatrixProducts.Used(options),
            Rows = set.Rows,
            RowsPerAction = set.CountByAction(),
            DataDigest = digest,
            Warnings = encoder.Warnings,
            Folds = [.. trained.Select(fold => fold.Report)],
            Curve = [.. trained.SelectMany(fold => fold.Curve)],
            Stability = [.. trained.SelectMany(fold => fold.Readings)],
        };
        float[][] weights = trained.Count > 0 ? [.. trained.Select(fold => fold.Weights)] : [new float[network.ParameterCount]];
        var fitted = new FittedNetwork(encoder, network, weights, options)
        {
            Memory = options.KeepCurvature && loss is not null
                ? [.. trained.Select((fold, f) => NetworkRefresher.Remember(network, Whole(), set, f, loss, options, fold.Weights, random, cancellation))]
                : null,
        };
        return (fitted, report, unseen);

        EncodedBatch Whole() => encoded as EncodedBatch ?? encoded.Select([.. Enumerable.Range(0, set.Rows)]);
    }

    /// <summary>Moves all networks on to new rows.</summary>
    /// <param name="features">The new rows.</param>
    /// <param name="set">The same, in as many folds as there were.</param>
    /// <param name="loss">As in the first training.</param>
    /// <param name="refresh">Checked.</param>
    /// <param name="progress">Told after each pass of each network.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>The networks, the record, and for each row the outputs as those of <see cref="Fit"/>.</returns>
    public (FittedNetwork Network, RefreshRecord Record, float[] UnseenOutputs) Refresh(
        FeatureTable features, TrainingSet set, BatchLoss? loss, RefreshOptions refresh, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var random = new Random((int)(refresh.Seed ^ (refresh.Seed >> 32)));
        var encoded = Encoder.Transform(features);
        var refresher = loss is null ? null : new NetworkRefresher(_network, encoded, set, loss, _options, refresh);
        RefreshedFold[] folds = refresher is null
            ? []
            : [.. _weights.Select((weights, fold) => refresher.Refresh(fold, weights, Memory?[fold], random, progress, cancellation))];
        int heads = _network.Shape.Heads;
        var unseen = new float[set.Rows * heads];
        Array.Fill(unseen, float.NaN);
        for (int fold = 0; fold < folds.Length; fold++)
        {
            for (int i = 0; i < set.Folds[fold].Length; i++)
            {
                folds[fold].UnseenOutputs.AsSpan(i * heads, heads).CopyTo(unseen.AsSpan(set.Folds[fold][i] * heads));
            }
        }
        var record = new RefreshRecord
        {
            Options = refresh,
            Rows = set.Rows,
            RowsPerAction = set.CountByAction(),
            DataDigest = DataDigest.Compute(features, set.Actions, set.Labels),
            LossBefore = folds.Length > 0 ? folds.Average(fold => fold.LossBefore) : null,
            LossAfter = folds.Length > 0 ? folds.Average(fold => fold.LossAfter) : null,
        };
        return folds.Length == 0
            ? (this, record, unseen)
            : (new FittedNetwork(Encoder, _network, [.. folds.Select(fold => fold.Weights)], _options) { Memory = [.. folds.Select(fold => fold.Memory)] },
                record, unseen);
    }

    public static FittedNetwork Restore(string encoderJson, IReadOnlyList<ArtifactTensor> tensors, int heads, TrainingOptions options)
    {
        var encoder = FeatureEncoder.FromJson(encoderJson);
        var network = new ActionNetwork(ShapeOf(encoder, heads, options));
        var byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        List<float[]> weights = [];
        List<WeightMemory> memories = [];
        while (weights.Count == 0 || byName.ContainsKey(NameOf(Weights, weights.Count, network.Blocks[0])))
        {
            int member = weights.Count;
            weights.Add(Read(Weights, member));
            if (byName.ContainsKey(NameOf(Curvature, member, network.Blocks[0])))
            {
                float[] curvature = Read(Curvature, member);
                memories.Add(byName.ContainsKey(NameOf(Base, member, network.Blocks[0]))
                    ? new WeightMemory(Read(Base, member), Read(BaseCurvature, member), curvature)
                    : new WeightMemory(weights[member], curvature, curvature));
            }
        }
        if (memories.Count > 0 && memories.Count != weights.Count)
        {
            throw new InvalidDataException("The model file has the curvatures of some networks only.");
        }
        return new FittedNetwork(encoder, network, [.. weights], options) { Memory = memories.Count > 0 ? memories : null };

        float[] Read(string what, int member)
        {
            var values = new float[network.ParameterCount];
            foreach (var block in network.Blocks)
            {
                string name = NameOf(what, member, block);
                if (!byName.TryGetValue(name, out var tensor) || !tensor.Shape.AsSpan().SequenceEqual(block.Shape))
                {
                    throw new InvalidDataException($"The model file's tensor '{name}' is missing or of another shape.");
                }
                tensor.Values.CopyTo(values, block.Offset);
            }
            return values;
        }
    }

    /// <summary>The same networks, scoring in another way.</summary>
    public FittedNetwork ServedWith(ScoringOptions scoring)
    {
        ArgumentNullException.ThrowIfNull(scoring);
        scoring.Validate();
        return new FittedNetwork(Encoder, _network, _weights, _options, scoring) { Memory = Memory };
    }

    /// <summary>Mean of the networks' outputs: [rows × heads], row-major.</summary>
    public float[] Outputs(FeatureTable table, ReadOnlySpan<int> actions)
    {
        ArgumentNullException.ThrowIfNull(table);
        TrainingSet.RequireActions(actions, table.Rows, _network.Shape.Actions);
        return _server.Outputs(Encoder.Transform(table, _server.Threads), actions);
    }

    /// <summary>The same of rows in the form networks read.</summary>
    public float[] Outputs(EncodedBatch rows, ReadOnlySpan<int> actions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TrainingSet.RequireActions(actions, rows.Rows, _network.Shape.Actions);
        return _server.Outputs(rows, actions);
    }

    /// <summary>The same under every action, from one pass of each network: [rows × actions × heads], row-major.</summary>
    public float[] OutputsOfAll(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _server.OutputsOfAll(Encoder.Transform(table, _server.Threads));
    }

    /// <summary>The same of rows in the form networks read.</summary>
    public float[] OutputsOfAll(EncodedBatch rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return _server.OutputsOfAll(rows);
    }

    /// <summary>
    /// Of the first network, because spaces of different networks do not add: [rows × <see cref="RepresentationWidth"/>], row-major.
    /// </summary>
    public float[] Represent(FeatureTable table) => _server.Representations(Encoder.Transform(table, _server.Threads));

    /// <summary>Shapley values of what is read from the mean outputs.</summary>
    /// <param name="table">Rows to explain.</param>
    /// <param name="action">The same for all.</param>
    /// <param name="top">Features to name.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="heads">Outputs of a row.</param>
    /// <param name="read">The score of a row from its outputs.</param>
    public Explanation[] Explain(
        FeatureTable table, int action, int top, ExplanationOptions? options, int heads, Func<ReadOnlySpan<float>, double> read)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new ExplanationOptions();
        options.Validate();
        TrainingSet.RequireActions([action], 1, _network.Shape.Actions);
        return ShapleySampler.Explain(table, Encoder.Schema, top, options, rows =>
        {
            float[] outputs = Outputs(rows, Constant(action, rows));
            var scores = new double[rows.Rows];
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] = read(outputs.AsSpan(row * heads, heads));
            }
            return scores;
        });
    }

    /// <summary>Weights, and at full precision what a refresh needs beside them: a file of 8-bit rows is for scoring.</summary>
    public IReadOnlyList<ArtifactTensor> Tensors(WeightPrecision precision = WeightPrecision.Full)
    {
        bool small = precision == WeightPrecision.Int8Rows;
        var tensors = new List<ArtifactTensor>();
        for (int member = 0; member < _weights.Length; member++)
        {
            Add(Weights, member, _weights[member]);
            if (small || Memory?[member] is not { } memory)
            {
                continue;
            }
            Add(Curvature, member, memory.Curvature);
            // Before the first refresh they are the weights and the curvature.
            if (memory.Base != _weights[member])
            {
                Add(Base, member, memory.Base);
                Add(BaseCurvature, member, memory.BaseCurvature);
            }
        }
        return tensors;

        void Add(string what, int member, float[] values) => tensors.AddRange(_network.Blocks.Select(block => new ArtifactTensor(
            NameOf(what, member, block), block.Shape, values[block.Offset..(block.Offset + block.Length)],
            small && block.Role == ParameterRole.Embedding)));
    }

    /// <summary>The same action for every row.</summary>
    public static int[] Constant(int action, FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Constant(action, table.Rows);
    }

    /// <summary>The same action for so many rows.</summary>
    public static int[] Constant(int action, int rows)
    {
        var actions = new int[Math.Max(0, rows)];
        Array.Fill(actions, action);
        return actions;
    }

    /// <summary>An action without rows starts, and stays, where "none" is.</summary>
    private static float[] StartOf(TrainingSet set, int[] rows, int heads, Func<int[], float[]> startOf)
    {
        float[] start = startOf(rows);
        int[][] byAction = set.ByAction(rows);
        for (int action = 1; action < byAction.Length; action++)
        {
            if (byAction[action].Length == 0)
            {
                start.AsSpan(0, heads).CopyTo(start.AsSpan(action * heads));
            }
        }
        return start;
    }

    private static string NameOf(string what, int member, ParameterBlock block) => $"{what}.{member}.{block.Name}";

    private static NetworkShape ShapeOf(FeatureEncoder encoder, int heads, TrainingOptions options) => new(
        encoder.NumericWidth, encoder.Layout.TableSizes, options.Actions.Count, heads, options.CrossLayers, options.CrossRank,
        [.. options.Hidden])
    {
        TableFeatures = encoder.Layout.TableFeatures,
        TableColumns = encoder.Layout.TableColumns,
        CountColumns = encoder.Layout.CountColumns,
        FixedEmbeddingWidth = options.EmbeddingWidth,
        CrossAttention = options.CrossAttention,
        AttentionTemperature = options.AttentionTemperature,
        DenseGating = options.DenseGating,
        CurveColumns = options.CurveFeatures is { } names ? encoder.ColumnsOf(names, nameof(ResponseOptions.CalibrationFeatures)) : null,
    };
}
