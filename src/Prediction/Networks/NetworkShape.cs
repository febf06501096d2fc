namespace Noah.Prediction.Networks;

/// <summary>Everything that fixes the parameters of an <see cref="ActionNetwork"/>: their names, shapes and order.</summary>
/// <param name="NumericWidth">Numbers per row.</param>
/// <param name="VocabularySizes">Codes of each categorical feature.</param>
/// <param name="Actions">Actions, "none" (0) included.</param>
/// <param name="Heads">Outputs per row and action.</param>
/// <param name="CrossLayers">Low-rank cross layers.</param>
/// <param name="CrossRank">Rank of their weights.</param>
/// <param name="Hidden">Widths of the trunk's layers.</param>
internal sealed record NetworkShape(
    int NumericWidth, int[] VocabularySizes, int Actions, int Heads, int CrossLayers, int CrossRank, int[] Hidden)
{
    public int InputWidth => NumericWidth + VocabularySizes.Sum(EmbeddingWidth);

    /// <summary>Width of the last activation before the heads: cross output beside trunk output.</summary>
    public int RepresentationWidth => InputWidth + Hidden[^1];

    // Embedding width int(V^0.25) + 1: google/lifetime_value.
    public static int EmbeddingWidth(int vocabularySize) => (int)Math.Pow(vocabularySize, 0.25) + 1;
}
