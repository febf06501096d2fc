using Noah.Prediction.Attribution;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Serving;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Training;

/// <summary>
/// An encoder and the networks of all folds, whose outputs are averaged: what all models are made of. Immutable.
/// </summary>
internal sealed class FittedNetwork
{
    private readonly NetworkServer _server;

    /// <param name="encoder">The rules by which it reads tables.</param>
    /// <param name="network">One form for all folds.</param>
    /// <param name="weights">[networks], (parameters) each.</param>
    /// <param name="options">Of the training.</param>
    /// <param name="scoring">Null for the defaults.</param>
    public FittedNetwork(FeatureEncoder encoder, ActionNetwork network, float[][] weights, TrainingOptions options, ScoringOptions? scoring = null)
    {
        (Encoder, Network, Weights, Options) = (encoder, network, weights, options);
        _server = new NetworkServer(network, weights, options, scoring ?? new ScoringOptions());
    }

    public FeatureEncoder Encoder { get; }

    public ActionNetwork Network { get; }

    /// <summary>[networks], (parameters) each.</summary>
    public float[][] Weights { get; }

    public TrainingOptions Options { get; }

    /// <summary>Of each network; null where none was kept.</summary>
    public IReadOnlyList<WeightMemory>? Memory { get; init; }

    public int RepresentationWidth => Network.Shape.RepresentationWidth;

    /// <summary>The same networks, scoring in another way.</summary>
    public FittedNetwork ServedWith(ScoringOptions scoring)
    {
        ArgumentNullException.ThrowIfNull(scoring);
        scoring.Validate();
        return new FittedNetwork(Encoder, Network, Weights, Options, scoring) { Memory = Memory };
    }

    /// <summary>Mean of the networks' outputs: [rows × heads], row-major.</summary>
    public float[] Outputs(FeatureTable table, ReadOnlySpan<int> actions)
    {
        ArgumentNullException.ThrowIfNull(table);
        TrainingSet.RequireActions(actions, table.Rows, Network.Shape.Actions);
        return _server.Outputs(Encoder.Transform(table, _server.Threads), actions);
    }

    /// <summary>The same of rows in the form networks read.</summary>
    public float[] Outputs(EncodedBatch rows, ReadOnlySpan<int> actions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TrainingSet.RequireActions(actions, rows.Rows, Network.Shape.Actions);
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
        TrainingSet.RequireActions([action], 1, Network.Shape.Actions);
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
}
