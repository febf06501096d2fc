using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Training;

/// <summary>
/// The rows of embedding tables that a batch uses, each once, in the order in which they are met. A mark in every code tells this batch's
/// from those of batches before: nothing needs clearing, and nothing is sorted.
/// </summary>
internal sealed class TouchedRows
{
    private readonly IEncodedSource _encoded;
    private readonly CodeColumn[] _columns;
    private readonly (int Batch, int Place)[][] _marks;
    private readonly int[][] _ids;
    private readonly int[] _counts, _columnsOf;
    private readonly bool _hasBags;
    private int[] _places = [], _codes = [];
    private float[] _shares = [];
    private int _batch;

    /// <param name="encoded">The rows that batches are taken from.</param>
    /// <param name="columns">What their columns of codes are read for.</param>
    /// <param name="sizes">[tables] codes of each.</param>
    public TouchedRows(IEncodedSource encoded, CodeColumn[] columns, int[] sizes)
    {
        (_encoded, _columns) = (encoded, columns);
        _marks = [.. sizes.Select(size => new (int, int)[size])];
        _ids = [.. sizes.Select(_ => Array.Empty<int>())];
        _counts = new int[sizes.Length];
        _columnsOf = [.. sizes.Select((_, table) => columns.Count(column => column.Table == table))];
        _hasBags = columns.Any(column => column.Count is not null);
    }

    /// <summary>Rows of the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>[batch × columns], row-major: the place of each code among its table's touched rows.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Rows * _columns.Length);

    /// <summary>(touched): rows of a table.</summary>
    public ReadOnlySpan<int> Of(int table) => _ids[table].AsSpan(0, _counts[table]);

    /// <summary>What a code of the batch weighs in its feature: 1, or in a bag one part of its count, 0 behind it.</summary>
    public float Share(int row, int column) => _hasBags ? _shares[row * _columns.Length + column] : 1;

    /// <summary>Forgets the batch before, and finds this one's.</summary>
    /// <param name="rows">Of the encoded table.</param>
    /// <param name="numbers">[batch × numeric] the same rows' numbers.</param>
    public void Find(ReadOnlySpan<int> rows, ReadOnlySpan<float> numbers)
    {
        Rows = rows.Length;
        _batch++;
        Array.Clear(_counts);
        int cells = rows.Length * _columns.Length;
        // Kept from batch to batch: arrays of this size would be large objects, and each few of them a collection of the whole heap.
        if (_places.Length < cells)
        {
            (_places, _codes, _shares) = (new int[cells], new int[cells], _hasBags ? new float[cells] : []);
        }
        for (int table = 0; table < _ids.Length; table++)
        {
            int most = Math.Min(rows.Length * _columnsOf[table], _marks[table].Length);
            if (_ids[table].Length < most)
            {
                Array.Resize(ref _ids[table], most);
            }
        }
        _encoded.CopyCodes(rows, _codes);
        for (int i = 0, at = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < _columns.Length; c++, at++)
            {
                var column = _columns[c];
                if (_hasBags)
                {
                    _shares[at] = column.Count is { } place ? BagEncoding.Share(numbers[i * _encoded.NumericWidth + place], column.Position) : 1;
                }
                ref var mark = ref _marks[column.Table][_codes[at]];
                if (mark.Batch != _batch)
                {
                    mark = (_batch, _counts[column.Table]);
                    _ids[column.Table][_counts[column.Table]++] = _codes[at];
                }
                _places[at] = mark.Place;
            }
        }
    }
}
