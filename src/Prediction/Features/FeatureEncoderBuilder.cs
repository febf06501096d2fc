namespace Noah.Prediction.Features;

/// <summary>
/// Fits a <see cref="FeatureEncoder"/> to rows that come in batches, in bounded memory: about 3 MB for a column of numbers and 50 MB for one of
/// 500,000 names. The rules depend on the rows and their order, not on where batches end. Up to 65,536 values of a number and
/// <see cref="FeatureEncoderOptions.CountedNames"/> names they are exact; beyond, the rank of a quantile is off by at most
/// log2(n / 65,536) / 65,536 of the n values. Not safe to share between threads.
/// </summary>
public sealed class FeatureEncoderBuilder
{
    private readonly FeatureEncoderOptions _options;
    private ColumnProfile[] _profiles = [];

    /// <summary>Starts without rows.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public FeatureEncoderBuilder(FeatureEncoderOptions? options = null)
    {
        _options = options ?? new FeatureEncoderOptions();
        _options.Validate();
    }

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>The features, which are those of the first batch; empty before it.</summary>
    public IReadOnlyList<FeatureSpec> Schema { get; private set; } = [];

    /// <summary>Takes in a batch; it is not kept, but for names that were not met before.</summary>
    /// <param name="batch">Any number of rows with the features of the first batch; others are ignored.</param>
    /// <exception cref="ArgumentException">A feature is missing or of another kind; nothing was taken in.</exception>
    public void Add(FeatureTable batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Schema.Count == 0)
        {
            Schema = batch.Schema;
            int counted = Math.Max(_options.CountedNames, _options.MaxNames);
            _profiles = [.. Schema.Select(spec => ColumnProfile.Of(spec, counted))];
        }
        FeatureColumn[] columns = [.. Schema.Select(batch.Column)];
        for (int c = 0; c < columns.Length; c++)
        {
            _profiles[c].Add(columns[c]);
        }
        Rows += batch.Rows;
    }

    /// <summary>The rules of all rows so far. More may be added afterwards, for another encoder.</summary>
    /// <exception cref="InvalidOperationException">There was no row.</exception>
    public FeatureEncoder Build()
    {
        if (Rows == 0)
        {
            throw new InvalidOperationException("An encoder needs at least one training row.");
        }
        CategoricalEncoding[] categorical = [.. Of<NameProfile>(FeatureKind.Categorical).Select(names => names.Categorical(_options))];
        BagEncoding[] bags = [.. Of<NameProfile>(FeatureKind.MultiValued).Select(names => names.MultiValued(_options))];
        var kept = categorical.Where(feature => feature.HashSizes is null).Select(feature => (feature.Name, feature.Names.Length))
            .Concat(bags.Where(feature => feature.HashSizes is null).Select(feature => (feature.Name, feature.Names.Length)))
            .ToDictionary(pair => pair.Name, pair => (int?)pair.Length, StringComparer.Ordinal);
        return new FeatureEncoder(
            new EncoderRules(Schema, [.. Of<NumberProfile>(FeatureKind.Numeric).Select(numbers => numbers.Numeric())], categorical)
            {
                Cyclic = EncoderRules.OrNone([.. Of<NumberProfile>(FeatureKind.Cyclic).Select(numbers => numbers.Cyclic())]),
                MultiValued = EncoderRules.OrNone(bags),
                Warnings = EncoderRules.OrNone(
                    [.. _profiles.Select((profile, c) => profile.Check(kept.GetValueOrDefault(Schema[c].Name))).OfType<ColumnWarning>()]),
            });
    }

    private IEnumerable<TProfile> Of<TProfile>(FeatureKind kind)
        where TProfile : ColumnProfile =>
        _profiles.Where((_, c) => Schema[c].Kind == kind).Cast<TProfile>();
}
