using System.Text.Json;
using Noah.Prediction.Parallelism;

namespace Noah.Prediction.Features;

/// <summary>
/// Turns tables into numbers by rules fitted on training rows only: numeric features by median and interquartile range (log1p first where
/// the right tail is heavy), a mark where values were missing in training, cyclic ones by sine and cosine, categorical and multi-valued
/// features by a vocabulary with a code for the rare and unknown, or by hashing. Immutable; the order of features is the training table's.
/// </summary>
public sealed class FeatureEncoder
{
    private const int EncodedAtOnce = 16_384;

    private readonly EncoderRules _rules;
    private readonly RowEncoding _encoding;

    internal FeatureEncoder(EncoderRules rules)
    {
        _rules = rules;
        _encoding = new RowEncoding(rules);
        Layout = new CodeLayout(rules, _encoding.NumericWidth);
        DenseWidth = checked(NumericWidth + Layout.TableSizes.Sum());
    }

    /// <summary>The features that a table must have; others are ignored.</summary>
    public IReadOnlyList<FeatureSpec> Schema => _rules.Schema;

    /// <summary>What was odd about columns of the rows it was fitted on, in the order of the schema.</summary>
    public IReadOnlyList<ColumnWarning> Warnings => _rules.Warnings ?? [];

    /// <summary>Numbers per encoded row.</summary>
    public int NumericWidth => _encoding.NumericWidth;

    /// <summary>
    /// Codes of each column of <see cref="EncodedBatch.Codes"/>, reserved ones included: one column for each categorical feature,
    /// two where quotient and remainder are kept; for each multi-valued one as many as values of a row are read.
    /// </summary>
    public IReadOnlyList<int> VocabularySizes => Layout.ColumnSizes;

    /// <summary>Width of <see cref="TransformDense"/>: <see cref="NumericWidth"/> plus all codes.</summary>
    public int DenseWidth { get; }

    /// <summary>How columns of codes belong to tables and features.</summary>
    internal CodeLayout Layout { get; }

    /// <summary>Fits the rules to a table; rows that come in batches go to a <see cref="FeatureEncoderBuilder"/>, with the same result.</summary>
    /// <param name="training">The training rows, at least one.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The table has no row, or an option is out of its range.</exception>
    public static FeatureEncoder Fit(FeatureTable training, FeatureEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        var builder = new FeatureEncoderBuilder(options);
        if (training.Rows == 0)
        {
            throw new ArgumentException("An encoder needs at least one training row.", nameof(training));
        }
        builder.Add(training);
        return builder.Build();
    }

    /// <summary>Encodes a table.</summary>
    /// <param name="table">Any rows with the features of <see cref="Schema"/>.</param>
    /// <exception cref="ArgumentException">
    /// A feature is missing or of another kind, or the encoded rows do not fit in one array: then they belong in <see cref="Training.EncodedRows"/>.
    /// </exception>
    public EncodedBatch Transform(FeatureTable table) => Transform(table, 1);

    /// <summary>The same by some threads.</summary>
    internal EncodedBatch Transform(FeatureTable table, int threads)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = Columns(table);
        int width = VocabularySizes.Count;
        if ((long)table.Rows * Math.Max(NumericWidth, width) > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{table.Rows} rows of {NumericWidth} numbers and {width} codes do not fit in one array; add them to EncodedRows in batches.",
                nameof(table));
        }
        float[] numeric = new float[table.Rows * NumericWidth];
        int[] codes = new int[table.Rows * width];
        RowBlocks.For(table.Rows, EncodedAtOnce, threads, (first, count) =>
            _encoding.Encode(columns, first, count, numeric.AsSpan(first * NumericWidth), codes.AsSpan(first * width)));
        return new EncodedBatch(table.Rows, NumericWidth, numeric, width, codes);
    }

    /// <summary>
    /// Encodes a table with each categorical feature as a one-hot block, and each multi-valued one as a block of shares that add up to 1: for
    /// linear models and for distances between members.
    /// </summary>
    /// <param name="table">Any rows with the features of <see cref="Schema"/>.</param>
    /// <returns>[rows × <see cref="DenseWidth"/>], row-major: numbers first, then the blocks.</returns>
    /// <exception cref="ArgumentException">A feature is missing or of another kind.</exception>
    public float[] TransformDense(FeatureTable table)
    {
        var encoded = Transform(table);
        var dense = new float[(long)encoded.Rows * DenseWidth];
        for (int row = 0; row < encoded.Rows; row++)
        {
            var target = dense.AsSpan(row * DenseWidth, DenseWidth);
            var numbers = encoded.Numeric.AsSpan(row * NumericWidth, NumericWidth);
            numbers.CopyTo(target);
            int block = NumericWidth, column = row * encoded.CategoricalWidth;
            for (int part = 0; part < Layout.TableSizes.Length; part++)
            {
                int count = Layout.CountOf(part, numbers);
                for (int i = 0; i < count; i++)
                {
                    target[block + encoded.Codes[column + i]] += 1f / count;
                }
                block += Layout.TableSizes[part];
                column += Layout.TableColumns[part];
            }
        }
        return dense;
    }

    /// <summary>What rows hold that training had not seen. They are encoded all the same; much of it means that a model is out of date.</summary>
    /// <param name="table">Any rows with the features of <see cref="Schema"/>.</param>
    /// <returns>
    /// <see cref="ColumnCondition.UnseenNames"/> and <see cref="ColumnCondition.UnseenMissing"/>, with the share of rows, in the order of the
    /// rules: numeric, cyclic, categorical, multi-valued.
    /// </returns>
    /// <exception cref="ArgumentException">A feature is missing or of another kind.</exception>
    public IReadOnlyList<ColumnWarning> Check(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _encoding.Unseen(Columns(table));
    }

    /// <summary>Refuses a table that has other features than those of training.</summary>
    /// <exception cref="ArgumentException">A feature is missing, of another kind, or not one of training.</exception>
    internal void RequireSame(FeatureTable table)
    {
        foreach (var spec in Schema)
        {
            table.Column(spec);
        }
        if (table.Columns.FirstOrDefault(column => !Schema.Contains(column.Spec)) is { } added)
        {
            throw new ArgumentException(
                $"Feature '{added.Spec.Name}' is not one of the model's: a refresh cannot add features; train anew.", nameof(table));
        }
    }

    /// <summary>The fitted rules as JSON; <see cref="FromJson"/> reads them back to the same bits.</summary>
    public string ToJson() => JsonSerializer.Serialize(_rules);

    /// <summary>Reads rules that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidDataException">The text is not such rules.</exception>
    public static FeatureEncoder FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (JsonSerializer.Deserialize<EncoderRules>(json) is { IsWhole: true } rules)
            {
                return new FeatureEncoder(rules);
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException("Not the rules of a feature encoder: " + e.Message, e);
        }
        throw new InvalidDataException("Not the rules of a feature encoder: a part is missing.");
    }

    /// <summary>The columns of codes of the named features.</summary>
    /// <exception cref="ArgumentException">There is no categorical feature of a name.</exception>
    internal int[] ColumnsOf(IReadOnlyList<string> names, string parameter) =>
    [
        .. names.SelectMany(name =>
        {
            int feature = Array.FindIndex(_rules.Categorical, candidate => candidate.Name == name);
            // Tables of categorical features come first and have one column each.
            return feature >= 0
                ? Enumerable.Range(0, Layout.TableFeatures.Length).Where(column => Layout.TableFeatures[column] == feature)
                : throw new ArgumentException($"There is no categorical feature '{name}'.", parameter);
        }),
    ];

    /// <summary>The table's columns in the order of the rules.</summary>
    internal FeatureColumn[] Columns(FeatureTable table) => _encoding.Columns(table);

    /// <summary>Encodes some rows of such columns.</summary>
    /// <param name="columns">Of <see cref="Columns"/>.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="numeric">[count × NumericWidth].</param>
    /// <param name="codes">[count × codes].</param>
    internal void Encode(FeatureColumn[] columns, int first, int count, Span<float> numeric, Span<int> codes) =>
        _encoding.Encode(columns, first, count, numeric, codes);
}
