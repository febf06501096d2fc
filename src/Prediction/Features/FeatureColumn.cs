namespace Noah.Prediction.Features;

/// <summary>One feature of all rows. The arrays are not copied: do not write to them afterwards.</summary>
public sealed class FeatureColumn
{
    private readonly float[]? _numbers;
    private readonly string?[]? _names;

    private FeatureColumn(FeatureSpec spec, float[]? numbers, string?[]? names)
    {
        Spec = spec;
        _numbers = numbers;
        _names = names;
    }

    /// <summary>Name and kind.</summary>
    public FeatureSpec Spec { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => _numbers?.Length ?? _names!.Length;

    /// <summary>The values of a numeric column, [rows]; NaN = missing.</summary>
    /// <exception cref="InvalidOperationException">The column is categorical.</exception>
    public ReadOnlySpan<float> Numbers =>
        _numbers ?? throw new InvalidOperationException($"Feature '{Spec.Name}' is categorical and has no numbers.");

    /// <summary>The values of a categorical column, [rows]; null = missing.</summary>
    /// <exception cref="InvalidOperationException">The column is numeric.</exception>
    public ReadOnlySpan<string?> Names =>
        _names ?? throw new InvalidOperationException($"Feature '{Spec.Name}' is numeric and has no names.");

    /// <summary>A numeric feature.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="values">[rows]; NaN = missing, infinities are refused.</param>
    /// <exception cref="ArgumentException">The name is empty, or a value is infinite (the message names the column and the
    /// row).</exception>
    public static FeatureColumn Numeric(string name, float[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        for (int row = 0; row < values.Length; row++)
        {
            if (float.IsInfinity(values[row]))
            {
                throw new ArgumentException(
                    $"Feature '{name}' is infinite in row {row}; a value must be finite, or NaN for missing.", nameof(values));
            }
        }
        return new FeatureColumn(new FeatureSpec(name, FeatureKind.Numeric), values, null);
    }

    /// <summary>A categorical feature.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="values">[rows]; null = missing. Names are compared ordinally.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static FeatureColumn Categorical(string name, string?[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        return new FeatureColumn(new FeatureSpec(name, FeatureKind.Categorical), null, values);
    }

    internal FeatureColumn Select(ReadOnlySpan<int> rows) =>
        _numbers is null ? new FeatureColumn(Spec, null, Gather(_names!, rows)) : new FeatureColumn(Spec, Gather(_numbers, rows), null);

    private static T[] Gather<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var gathered = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            gathered[i] = values[rows[i]];
        }
        return gathered;
    }
}
