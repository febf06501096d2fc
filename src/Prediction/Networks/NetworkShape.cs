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
    /// <see cref="Features.BagEncoding.CountUnit"/>. Default: none has several.
    /// </summary>
    public int[] CountColumns { get; init; } = [.. Enumerable.Repeat(-1, VocabularySizes.Length)];

    /// <summary>Width of all embeddings; null: by <see cref="EmbeddingWidth"/>.</summary>
    public int? FixedEmbeddingWidth { get; init; }

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

    /// <summary>Width of a feature's embedding.</summary>
    public int WidthOf(int feature) =>
        FixedEmbeddingWidth ?? EmbeddingWidth(VocabularySizes.Where((_, table) => TableFeatures[table] == feature).Sum());

    // Embedding width int(V^0.25) + 1: google/lifetime_value.
    public static int EmbeddingWidth(int vocabularySize) => (int)Math.Pow(vocabularySize, 0.25) + 1;
}
