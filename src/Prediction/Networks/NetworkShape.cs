using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Networks;

/// <summary>Everything that fixes the parameters of an <see cref="ActionNetwork"/>: their names, shapes and order.</summary>
/// <param name="NumericWidth">Numbers per row.</param>
/// <param name="VocabularySizes">Rows of each embedding table.</param>
/// <param name="Actions">Actions, "none" (0) included.</param>
/// <param name="Heads">Outputs per row and action.</param>
/// <param name="CrossLayers">Low-rank cross layers.</param>
/// <param name="CrossRank">Rank of their weights.</param>
/// <param name="Hidden">Widths of the trunk's layers.</param>
internal sealed record NetworkShape(
    int NumericWidth, int[] VocabularySizes, int Actions, int Heads, int CrossLayers, int CrossRank, int[] Hidden)
{
    /// <summary>The feature that each table belongs to; the rows of one feature's tables are added up. Default: a feature each.</summary>
    public int[] TableFeatures { get; init; } = [.. Enumerable.Range(0, VocabularySizes.Length)];

    /// <summary>Columns of codes that each table is read by, side by side; several are averaged. Default: one each.</summary>
    public int[] TableColumns { get; init; } = [.. Enumerable.Repeat(1, VocabularySizes.Length)];

    /// <summary>
    /// Of tables with several columns, the number of a row that says how many of them are averaged, in units of
    /// <see cref="BagEncoding.CountUnit"/>. Default: none has several.
    /// </summary>
    public int[] CountColumns { get; init; } = [.. Enumerable.Repeat(-1, VocabularySizes.Length)];

    /// <summary>Width of all embeddings; null: by <see cref="EmbeddingWidth"/>.</summary>
    public int? FixedEmbeddingWidth { get; init; }

    /// <summary>[features] widths of embeddings that were settled elsewhere; null: by the two rules.</summary>
    public int[]? FeatureWidths { get; init; }

    /// <summary>Whether cross layers with attention run beside the plain ones.</summary>
    public bool CrossAttention { get; init; }

    /// <summary>Attention scores are divided by it.</summary>
    public double AttentionTemperature { get; init; } = 1;

    /// <summary>Whether each trunk layer is multiplied by a gate of its own output.</summary>
    public bool DenseGating { get; init; }

    /// <summary>The columns of codes that the calibration curves of the outputs depend on; null: no curves.</summary>
    public int[]? CurveColumns { get; init; }

    public int InputWidth => NumericWidth + TableFeatures.Distinct().Sum(WidthOf);

    /// <summary>Width of the last activation before the heads: cross outputs beside trunk output.</summary>
    public int RepresentationWidth => InputWidth * (CrossAttention ? 2 : 1) + Hidden[^1];

    /// <summary>Numbers of a row that a forward pass leaves for the way back: its layers' outputs.</summary>
    public int ActivationWidth =>
        InputWidth + Hidden.Sum() + CrossLayers * (2 * InputWidth + CrossRank + (CrossAttention ? 2 * InputWidth + 5 * CrossRank : 0));

    /// <summary>What each column of codes is read for, in the order of a row's codes.</summary>
    public IEnumerable<CodeColumn> CodeColumns()
    {
        for (int table = 0, target = NumericWidth, width = 0; table < VocabularySizes.Length; table++)
        {
            bool shares = table > 0 && TableFeatures[table] == TableFeatures[table - 1];
            target += shares ? 0 : width;
            width = WidthOf(TableFeatures[table]);
            for (int position = 0; position < TableColumns[table]; position++)
            {
                int? count = TableColumns[table] == 1 ? null : CountColumns[table];
                yield return new CodeColumn(table, position, count, VocabularySizes[table], width, target, shares || position > 0);
            }
        }
    }

    /// <summary>The form that options give a network for rows of an encoder.</summary>
    /// <param name="encoder">Fitted.</param>
    /// <param name="heads">Outputs per row and action.</param>
    /// <param name="options">Checked.</param>
    public static NetworkShape Of(FeatureEncoder encoder, int heads, TrainingOptions options) => new(
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

    /// <summary>Width of a feature's embedding.</summary>
    public int WidthOf(int feature) =>
        FeatureWidths?[feature] ?? FixedEmbeddingWidth ?? EmbeddingWidth(VocabularySizes.Where((_, table) => TableFeatures[table] == feature).Sum());

    // Embedding width int(V^0.25) + 1: google/lifetime_value.
    public static int EmbeddingWidth(int vocabularySize) => (int)Math.Pow(vocabularySize, 0.25) + 1;
}
