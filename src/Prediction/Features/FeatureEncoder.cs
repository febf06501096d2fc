using System.Text.Json;

namespace Noah.Prediction.Features;

/// <summary>
/// Turns tables into numbers by rules fitted on training rows only: numeric features by median and interquartile range (log1p first where
/// the right tail is heavy), a mark where values were missing in training, categorical features by a vocabulary with a code for the rare
/// and unknown, or by hashing. Immutable; the order of features is the training table's.
/// </summary>
public sealed class FeatureEncoder
{
    private readonly NumericEncoding[] _numeric;
    private readonly CategoricalEncoding[] _categorical;

    private FeatureEncoder(IReadOnlyList<FeatureSpec> schema, NumericEncoding[] numeric, CategoricalEncoding[] categorical)
    {
        Schema = schema;
        _numeric = numeric;
        _categorical = categorical;
        NumericWidth = numeric.Length + numeric.Count(feature => feature.MarksMissing);
        VocabularySizes = [.. categorical.SelectMany(feature => feature.Sizes)];
        CodeFeatures = [.. categorical.SelectMany((feature, f) => feature.Sizes.Select(_ => f))];
        DenseWidth = NumericWidth + VocabularySizes.Sum();
    }

    /// <summary>The features that a table must have; others are ignored.</summary>
    public IReadOnlyList<FeatureSpec> Schema { get; }

    /// <summary>Numbers per encoded row.</summary>
    public int NumericWidth { get; }

    /// <summary>
    /// Codes of each column of <see cref="EncodedBatch.Codes"/>, those for rare and missing included: one column for each categorical feature,
    /// two where quotient and remainder are kept.
    /// </summary>
    public IReadOnlyList<int> VocabularySizes { get; }

    /// <summary>Width of <see cref="TransformDense"/>: <see cref="NumericWidth"/> plus all codes.</summary>
    public int DenseWidth { get; }

    /// <summary>The categorical feature that each column of codes belongs to, in the order of the schema.</summary>
    internal int[] CodeFeatures { get; }

    /// <summary>Fits the rules.</summary>
    /// <param name="training">The training rows, at least one.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The table has no row, or an option is out of its range.</exception>
    public static FeatureEncoder Fit(FeatureTable training, FeatureEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        options ??= new FeatureEncoderOptions();
        options.Validate();
        if (training.Rows == 0)
        {
            throw new ArgumentException("An encoder needs at least one training row.", nameof(training));
        }
        var numeric = training.Columns.Where(column => column.Spec.Kind == FeatureKind.Numeric);
        var categorical = training.Columns.Where(column => column.Spec.Kind == FeatureKind.Categorical);
        return new FeatureEncoder(
            training.Schema,
            [.. numeric.Select(column => NumericEncoding.Fit(column.Spec.Name, column.Numbers))],
            [.. categorical.Select(column => CategoricalEncoding.Fit(column.Spec.Name, column.Names, options))]);
    }

    /// <summary>Encodes a table.</summary>
    /// <param name="table">Any rows with the features of <see cref="Schema"/>.</param>
    /// <exception cref="ArgumentException">A feature is missing or of the other kind.</exception>
    public EncodedBatch Transform(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var numeric = new float[(long)table.Rows * NumericWidth];
        int at = 0;
        foreach (var feature in _numeric)
        {
            var values = table.Column(new FeatureSpec(feature.Name, FeatureKind.Numeric)).Numbers;
            for (int row = 0; row < values.Length; row++)
            {
                numeric[row * NumericWidth + at] = feature.Apply(values[row]);
                if (feature.MarksMissing)
                {
                    numeric[row * NumericWidth + at + 1] = float.IsNaN(values[row]) ? 1f : 0f;
                }
            }
            at += feature.MarksMissing ? 2 : 1;
        }
        int width = VocabularySizes.Count, next = 0;
        var codes = new int[(long)table.Rows * width];
        foreach (var feature in _categorical)
        {
            var names = table.Column(new FeatureSpec(feature.Name, FeatureKind.Categorical)).Names;
            for (int row = 0; row < names.Length; row++)
            {
                feature.Encode(names[row], codes.AsSpan(row * width + next, feature.Sizes.Count));
            }
            next += feature.Sizes.Count;
        }
        return new EncodedBatch(table.Rows, NumericWidth, numeric, width, codes);
    }

    /// <summary>
    /// Encodes a table with each categorical feature as a one-hot block: for linear models and for distances between members.
    /// </summary>
    /// <param name="table">Any rows with the features of <see cref="Schema"/>.</param>
    /// <returns>[rows × <see cref="DenseWidth"/>], row-major: numbers first, then the blocks.</returns>
    /// <exception cref="ArgumentException">A feature is missing or of the other kind.</exception>
    public float[] TransformDense(FeatureTable table)
    {
        var encoded = Transform(table);
        var dense = new float[(long)encoded.Rows * DenseWidth];
        for (int row = 0; row < encoded.Rows; row++)
        {
            var target = dense.AsSpan(row * DenseWidth, DenseWidth);
            encoded.Numeric.AsSpan(row * NumericWidth, NumericWidth).CopyTo(target);
            int block = NumericWidth;
            for (int c = 0; c < encoded.CategoricalWidth; c++)
            {
                target[block + encoded.Codes[row * encoded.CategoricalWidth + c]] = 1f;
                block += VocabularySizes[c];
            }
        }
        return dense;
    }

    /// <summary>Refuses a table that has other features than those of training.</summary>
    /// <exception cref="ArgumentException">A feature is missing, of the other kind, or not one of training.</exception>
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

    /// <summary>The columns of codes of the named features.</summary>
    /// <exception cref="ArgumentException">There is no categorical feature of a name.</exception>
    internal int[] ColumnsOf(IReadOnlyList<string> names, string parameter) =>
    [
        .. names.SelectMany(name =>
        {
            int feature = Array.FindIndex(_categorical, candidate => candidate.Name == name);
            return feature >= 0
                ? Enumerable.Range(0, CodeFeatures.Length).Where(column => CodeFeatures[column] == feature)
                : throw new ArgumentException($"There is no categorical feature '{name}'.", parameter);
        }),
    ];

    /// <summary>The fitted rules as JSON; <see cref="FromJson"/> reads them back to the same bits.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Document(Schema, _numeric, _categorical));

    /// <summary>Reads rules that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidDataException">The text is not such rules.</exception>
    public static FeatureEncoder FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json);
            if (document is { Schema: not null, Numeric: not null, Categorical: not null }
                && document.Schema.Count == document.Numeric.Length + document.Categorical.Length)
            {
                return new FeatureEncoder(document.Schema, document.Numeric, document.Categorical);
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException("Not the rules of a feature encoder: " + e.Message, e);
        }
        throw new InvalidDataException("Not the rules of a feature encoder: a part is missing.");
    }

    private sealed record Document(IReadOnlyList<FeatureSpec> Schema, NumericEncoding[] Numeric, CategoricalEncoding[] Categorical);
}
