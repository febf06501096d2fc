using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>
/// Training rows that came in batches, encoded as they came and held once, compactly: numbers in 4 or 2 bytes, codes in 1, 2 or 4. A model is
/// trained on them without a second copy. The rows, not the batches, decide what comes out. To be filled by one thread, and not while a model
/// trains on it.
/// </summary>
public sealed class EncodedRows : IEncodedSource, ITrainingRows
{
    private const int ChunkBits = 14, ChunkRows = 1 << ChunkBits, BlockRows = 512;

    private readonly CodePacking _packing;
    private readonly DataDigest _digest;
    // [chunks][rows of a chunk × width]; of the two kinds of numbers one stays empty.
    private readonly List<float[]> _singles = [];
    private readonly List<Half[]> _halves = [];
    private readonly List<byte[]> _codes = [];
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
        _packing = new CodePacking(encoder.VocabularySizes);
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
    public int Rows { get; private set; }

    /// <summary>Bytes held for them.</summary>
    public long Bytes =>
        _singles.Sum(chunk => chunk.LongLength * sizeof(float)) + _halves.Sum(chunk => chunk.LongLength * 2)
        + _codes.Sum(chunk => chunk.LongLength) + (long)_actions.Length * (1 + _labels.Length) * sizeof(float);

    int IEncodedSource.NumericWidth => Encoder.NumericWidth;

    int IEncodedSource.CategoricalWidth => Encoder.VocabularySizes.Count;

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
        int rows = Rows + batch.Rows;
        Reserve(ref _actions, rows);
        actions.CopyTo(_actions.AsSpan(Rows));
        for (int k = 0; k < _labels.Length; k++)
        {
            Reserve(ref _labels[k], rows);
            labels[k].CopyTo(_labels[k], Rows);
        }
        for (int first = 0, count; first < batch.Rows; first += count)
        {
            count = Math.Min(Math.Min(BlockRows, batch.Rows - first), ChunkRows - (Rows & (ChunkRows - 1)));
            Encoder.Encode(columns, first, count, _blockNumbers, _blockCodes);
            Append(count);
        }
        _digest.Add(batch, actions, labels);
    }

    /// <summary>The same with one label a row.</summary>
    /// <param name="batch">Any number of rows with the features of the encoder.</param>
    /// <param name="actions">[rows of the batch] action taken, an index into the actions of the training options.</param>
    /// <param name="labels">[rows of the batch].</param>
    /// <exception cref="ArgumentException">As of the other overload.</exception>
    public void Add(FeatureTable batch, ReadOnlySpan<int> actions, float[] labels) => Add(batch, actions, [labels]);

    void IEncodedSource.CopyNumbers(ReadOnlySpan<int> rows, Span<float> target)
    {
        int width = Encoder.NumericWidth;
        for (int i = 0; i < rows.Length; i++)
        {
            var (chunk, at) = (rows[i] >> ChunkBits, (rows[i] & (ChunkRows - 1)) * width);
            if (Precision == NumberPrecision.Full)
            {
                _singles[chunk].AsSpan(at, width).CopyTo(target[(i * width)..]);
                continue;
            }
            var halves = _halves[chunk].AsSpan(at, width);
            for (int j = 0; j < width; j++)
            {
                target[i * width + j] = (float)halves[j];
            }
        }
    }

    void IEncodedSource.CopyCodes(ReadOnlySpan<int> rows, Span<int> target)
    {
        int width = Encoder.VocabularySizes.Count;
        for (int i = 0; i < rows.Length; i++)
        {
            var packed = _codes[rows[i] >> ChunkBits].AsSpan((rows[i] & (ChunkRows - 1)) * _packing.RowBytes, _packing.RowBytes);
            _packing.Unpack(packed, target.Slice(i * width, width));
        }
    }

    PreparedRows ITrainingRows.Prepare(TrainingOptions options, TrainingSet set) => new(Encoder, this, _digest.Current());

    private void Append(int count)
    {
        int numbers = Encoder.NumericWidth, codes = Encoder.VocabularySizes.Count, chunk = Rows >> ChunkBits, first = Rows & (ChunkRows - 1);
        if (chunk == _codes.Count)
        {
            _codes.Add(new byte[ChunkRows * _packing.RowBytes]);
            if (Precision == NumberPrecision.Full)
            {
                _singles.Add(new float[ChunkRows * numbers]);
            }
            else
            {
                _halves.Add(new Half[ChunkRows * numbers]);
            }
        }
        if (Precision == NumberPrecision.Full)
        {
            _blockNumbers.AsSpan(0, count * numbers).CopyTo(_singles[chunk].AsSpan(first * numbers));
        }
        else
        {
            for (int i = 0; i < count * numbers; i++)
            {
                _halves[chunk][first * numbers + i] = (Half)_blockNumbers[i];
            }
        }
        for (int i = 0; i < count; i++)
        {
            _packing.Pack(_blockCodes.AsSpan(i * codes, codes), _codes[chunk].AsSpan((first + i) * _packing.RowBytes));
        }
        Rows += count;
    }

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
