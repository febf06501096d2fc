using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>Encoded rows in chunks of 16,384: growing copies nothing, and no array bounds their number.</summary>
internal sealed class RowStore(int numericWidth, IReadOnlyList<int> codeSizes, NumberPrecision precision) : IEncodedSource
{
    private const int ChunkBits = 14, ChunkRows = 1 << ChunkBits;

    private readonly CodePacking _packing = new(codeSizes);
    // [chunks][rows of a chunk × width]; of the two kinds of numbers one stays empty.
    private readonly List<float[]> _singles = [];
    private readonly List<Half[]> _halves = [];
    private readonly List<byte[]> _codes = [];

    public int Rows { get; private set; }

    public int NumericWidth => numericWidth;

    public int CategoricalWidth => codeSizes.Count;

    public long Bytes =>
        _singles.Sum(chunk => chunk.LongLength * sizeof(float)) + _halves.Sum(chunk => chunk.LongLength * 2) + _codes.Sum(chunk => chunk.LongLength);

    /// <summary>Rows that the chunk at the end still takes.</summary>
    public int Room => ChunkRows - (Rows & (ChunkRows - 1));

    /// <param name="count">Rows, at most <see cref="Room"/>.</param>
    /// <param name="numbers">[count × NumericWidth].</param>
    /// <param name="codes">[count × CategoricalWidth].</param>
    public void Append(int count, ReadOnlySpan<float> numbers, ReadOnlySpan<int> codes)
    {
        var (chunk, first) = Place(Rows);
        if (chunk == _codes.Count)
        {
            _codes.Add(new byte[ChunkRows * _packing.RowBytes]);
            if (precision == NumberPrecision.Full)
            {
                _singles.Add(new float[ChunkRows * numericWidth]);
            }
            else
            {
                _halves.Add(new Half[ChunkRows * numericWidth]);
            }
        }
        if (precision == NumberPrecision.Full)
        {
            numbers[..(count * numericWidth)].CopyTo(_singles[chunk].AsSpan(first * numericWidth));
        }
        else
        {
            var halves = _halves[chunk].AsSpan(first * numericWidth, count * numericWidth);
            for (int i = 0; i < halves.Length; i++)
            {
                halves[i] = (Half)numbers[i];
            }
        }
        for (int i = 0; i < count; i++)
        {
            _packing.Pack(codes.Slice(i * codeSizes.Count, codeSizes.Count), _codes[chunk].AsSpan((first + i) * _packing.RowBytes));
        }
        Rows += count;
    }

    public void CopyNumbers(ReadOnlySpan<int> rows, Span<float> target)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            var (chunk, row) = Place(rows[i]);
            var own = target.Slice(i * numericWidth, numericWidth);
            if (precision == NumberPrecision.Full)
            {
                _singles[chunk].AsSpan(row * numericWidth, numericWidth).CopyTo(own);
                continue;
            }
            var halves = _halves[chunk].AsSpan(row * numericWidth, numericWidth);
            for (int j = 0; j < own.Length; j++)
            {
                own[j] = (float)halves[j];
            }
        }
    }

    public void CopyCodes(ReadOnlySpan<int> rows, Span<int> target)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            var (chunk, row) = Place(rows[i]);
            var packed = _codes[chunk].AsSpan(row * _packing.RowBytes, _packing.RowBytes);
            _packing.Unpack(packed, target.Slice(i * codeSizes.Count, codeSizes.Count));
        }
    }

    private static (int Chunk, int Row) Place(int row) => (row >> ChunkBits, row & (ChunkRows - 1));
}
