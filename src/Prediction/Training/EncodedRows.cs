using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>
/// Training rows that came in batches, encoded as they came and held once, compactly: numbers in 4 or 2 bytes, codes in 1, 2 or 4. A model is
/// trained on them without a second copy. The rows, not the batches, decide what comes out. To be filled by one thread, and not while a model
/// trains on it.
/// </summary>
public sealed class EncodedRows : ITrainingRows
{
    private const int BlockRows = 512;

    private readonly DataDigest _digest;
    private readonly float[] _blockNumbers;
    private readonly int[] _blockCodes;
    private readonly float[][] _labels;
    private int[] _actions = [];

    /// <summary>Starts without rows.</summary>
    /// <param name="encoder">Fitted to the same rows in a pass before, with <see cref="FeatureEncoderBuilder"/>.</param>
    /// <param name="labels">Labels of a row: outcomes of a response model, horizons of a value model. At least 1.</param>
    /// <param name="precision">Of the numbers. Default 32 bits.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public EncodedRows(FeatureEncoder encoder, int labels = 1, NumberPrecision precision = NumberPrecision.Full)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        if (!Enum.IsDefined(precision))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "The precision must be one of its names.");
        }
        Encoder = encoder;
        Precision = precision;
        Store = new RowStore(encoder.NumericWidth, encoder.VocabularySizes, precision);
        _digest = new DataDigest(encoder.Schema, labels);
        _blockNumbers = new float[BlockRows * encoder.NumericWidth];
        _blockCodes = new int[BlockRows * encoder.VocabularySizes.Count];
        _labels = [.. Enumerable.Range(0, labels).Select(_ => Array.Empty<float>())];
    }

    /// <summary>The rules by which rows are encoded.</summary>
    public FeatureEncoder Encoder { get; }

    /// <summary>How numbers are kept.</summary>
    public NumberPrecision Precision { get; }

    /// <summary>Rows held.</summary>
    public int Rows => Store.Rows;

    /// <summary>Bytes held for them.</summary>
    public long Bytes => Store.Bytes + (long)_actions.Length * (1 + _labels.Length) * sizeof(float);

    internal RowStore Store { get; }

    /// <summary>[rows].</summary>
    internal int[] Actions => Trimmed(ref _actions);

    /// <summary>[labels][rows].</summary>
    internal float[][] Labels
    {
        get
        {
            for (int k = 0; k < _labels.Length; k++)
            {
                Trimmed(ref _labels[k]);
            }
            return _labels;
        }
    }

    /// <summary>Encodes a batch; it is not kept.</summary>
    /// <param name="batch">Any number of rows with the features of the encoder.</param>
    /// <param name="actions">[rows of the batch] action taken, an index into the actions of the training options.</param>
    /// <param name="labels">[labels][rows of the batch]; what they may be, the model says.</param>
    /// <exception cref="ArgumentException">A feature is missing or of another kind, lengths differ, or there would be more than 2³¹ rows;
    /// nothing was added.</exception>
    public void Add(FeatureTable batch, ReadOnlySpan<int> actions, IReadOnlyList<float[]> labels)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(labels);
        var columns = Encoder.Columns(batch);
        Require(batch.Rows, actions.Length, labels);
        int before = Rows, after = Rows + batch.Rows;
        Reserve(ref _actions, after);
        actions.CopyTo(_actions.AsSpan(before));
        for (int k = 0; k < _labels.Length; k++)
        {
            Reserve(ref _labels[k], after);
            labels[k].CopyTo(_labels[k], before);
        }
        for (int first = 0, count; first < batch.Rows; first += count)
        {
            count = Math.Min(Math.Min(BlockRows, batch.Rows - first), Store.Room);
            Encoder.Encode(columns, first, count, _blockNumbers, _blockCodes);
            Store.Append(count, _blockNumbers, _blockCodes);
        }
        _digest.Add(batch, actions, labels);
    }

    /// <summary>The same with one label a row.</summary>
    /// <param name="batch">Any number of rows with the features of the encoder.</param>
    /// <param name="actions">[rows of the batch] action taken, an index into the actions of the training options.</param>
    /// <param name="labels">[rows of the batch].</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    public void Add(FeatureTable batch, ReadOnlySpan<int> actions, float[] labels) => Add(batch, actions, [labels]);

    PreparedRows ITrainingRows.Prepare(TrainingOptions options, TrainingSet set) => new(Encoder, Store, _digest.Current());

    private void Require(int rows, int actions, IReadOnlyList<float[]> labels)
    {
        if (actions != rows)
        {
            throw new ArgumentException($"There are {actions} actions for {rows} rows.", nameof(actions));
        }
        if (labels.Count != _labels.Length || labels.Any(label => label is null || label.Length != rows))
        {
            throw new ArgumentException($"There must be {_labels.Length} labels for each of {rows} rows.", nameof(labels));
        }
        if ((long)Rows + rows > Array.MaxLength)
        {
            throw new ArgumentException($"{Rows} and {rows} rows are more than {Array.MaxLength}.", nameof(rows));
        }
    }

    private static void Reserve<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, (int)Math.Min(Array.MaxLength, Math.Max(length, 2L * array.Length)));
        }
    }

    private T[] Trimmed<T>(ref T[] array)
    {
        if (array.Length != Rows)
        {
            Array.Resize(ref array, Rows);
        }
        return array;
    }
}
