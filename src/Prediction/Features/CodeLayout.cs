namespace Noah.Prediction.Features;

/// <summary>
/// How columns of codes are looked up: each feature has one table, or two whose embeddings are added; a table is read by one column, or, of a
/// multi-valued feature, by several that are averaged over as many as a number of the row says.
/// </summary>
internal sealed class CodeLayout
{
    /// <param name="rules">Of the encoder.</param>
    /// <param name="numericWidth">Numbers per row; the last are the counts of multi-valued features.</param>
    public CodeLayout(EncoderRules rules, int numericWidth)
    {
        BagEncoding[] bags = rules.MultiValued ?? [];
        int first = rules.Categorical.Length, counts = numericWidth - bags.Length;
        TableSizes = [.. rules.Categorical.SelectMany(feature => feature.Sizes), .. bags.SelectMany(feature => feature.Sizes)];
        TableFeatures =
        [
            .. rules.Categorical.SelectMany((feature, f) => feature.Sizes.Select(_ => f)),
            .. bags.SelectMany((feature, f) => feature.Sizes.Select(_ => first + f)),
        ];
        TableColumns = [.. TableFeatures.Select(feature => feature < first ? 1 : bags[feature - first].MaxValues)];
        CountColumns = [.. TableFeatures.Select(feature => feature < first ? -1 : counts + feature - first)];
        ColumnSizes = [.. TableSizes.SelectMany((size, table) => Enumerable.Repeat(size, TableColumns[table]))];
    }

    /// <summary>Codes of each table.</summary>
    public int[] TableSizes { get; }

    /// <summary>The feature of each table: categorical ones first, then multi-valued ones.</summary>
    public int[] TableFeatures { get; }

    /// <summary>Columns that read each table; they stand side by side.</summary>
    public int[] TableColumns { get; }

    /// <summary>For each table, the number that says how many of its columns are read, in eighths; −1: its one column, always.</summary>
    public int[] CountColumns { get; }

    /// <summary>Codes of each column.</summary>
    public int[] ColumnSizes { get; }

    /// <summary>Columns of a table that are read of a row with these numbers.</summary>
    public int CountOf(int table, ReadOnlySpan<float> numbers) =>
        CountColumns[table] < 0 ? 1 : (int)(numbers[CountColumns[table]] / BagEncoding.CountUnit);
}
