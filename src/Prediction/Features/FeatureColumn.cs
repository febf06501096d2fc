namespace Noah.Prediction.Features;

/// <summary>One feature of all rows. The arrays are not copied: do not write to them afterwards.</summary>
public sealed class FeatureColumn
{
    private readonly float[]? _numbers;
    private readonly string?[]? _names;
    private readonly string[]?[]? _nameSets;

    private FeatureColumn(FeatureSpec spec, float[]? numbers, string?[]? names, string[]?[]? nameSets)
    {
        Spec = spec;
        _numbers = numbers;
        _names = names;
        _nameSets = nameSets;
    }

    /// <summary>Name and kind.</summary>
    public FeatureSpec Spec { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => _numbers?.Length ?? _names?.Length ?? _nameSets!.Length;

    /// <summary>The values of a numeric or cyclic column, [rows]; NaN = missing.</summary>
    /// <exception cref="InvalidOperationException">The column holds names.</exception>
    public ReadOnlySpan<float> Numbers => _numbers ?? throw Lacks("numbers");

    /// <summary>The values of a categorical column, [rows]; null = missing.</summary>
    /// <exception cref="InvalidOperationException">The column is of another kind.</exception>
    public ReadOnlySpan<string?> Names => _names ?? throw Lacks("names");

    /// <summary>The values of a multi-valued column, [rows] of any number of names; null = missing.</summary>
    /// <exception cref="InvalidOperationException">The column is of another kind.</exception>
    public ReadOnlySpan<string[]?> NameSets => _nameSets ?? throw Lacks("sets of names");

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
        return new FeatureColumn(new FeatureSpec(name, FeatureKind.Numeric), values, null, null);
    }

    /// <summary>A cyclic feature: a moment whose end meets its beginning.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="values">[rows] in [0, period); NaN = missing.</param>
    /// <param name="period">Length of the circle, finite and above 0; <see cref="CyclePeriod"/> holds usual ones.</param>
    /// <exception cref="ArgumentException">The name is empty, the period is out of range, or a value is (the message names the column and
    /// the row).</exception>
    public static FeatureColumn Cyclic(string name, float[] values, float period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        if (!(period > 0 && float.IsFinite(period)))
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, $"The period of feature '{name}' must be finite and above 0.");
        }
        int bad = Array.FindIndex(values, value => !float.IsNaN(value) && !(value >= 0 && value < period));
        return bad < 0
            ? new FeatureColumn(new FeatureSpec(name, FeatureKind.Cyclic) { Period = period }, values, null, null)
            : throw new ArgumentOutOfRangeException(
                nameof(values), values[bad], $"Feature '{name}' in row {bad} must be in [0, {period}), or NaN for missing.");
    }

    /// <summary>A categorical feature.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="values">[rows]; null = missing. Names are compared ordinally.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static FeatureColumn Categorical(string name, string?[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        return new FeatureColumn(new FeatureSpec(name, FeatureKind.Categorical), null, values, null);
    }

    /// <summary>A multi-valued feature.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="values">[rows] sets of names; null = missing, empty = none. A name given twice counts once; order says nothing. Names are
    /// compared ordinally.</param>
    /// <exception cref="ArgumentException">The name is empty, or a set holds null (the message names the column and the row).</exception>
    public static FeatureColumn MultiValued(string name, string[]?[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(values);
        int bad = Array.FindIndex(values, set => set is not null && Array.IndexOf(set, null) >= 0);
        return bad < 0
            ? new FeatureColumn(new FeatureSpec(name, FeatureKind.MultiValued), null, null, values)
            : throw new ArgumentException($"Feature '{name}' holds a null among the names of row {bad}.", nameof(values));
    }

    internal FeatureColumn Select(ReadOnlySpan<int> rows) => new(
        Spec, _numbers is null ? null : Gather(_numbers, rows), _names is null ? null : Gather(_names, rows),
        _nameSets is null ? null : Gather(_nameSets, rows));

    private static T[] Gather<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var gathered = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            gathered[i] = values[rows[i]];
        }
        return gathered;
    }

    private InvalidOperationException Lacks(string what) => new($"Feature '{Spec.Name}' is {Spec.Kind} and has no {what}.");
}
