using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>
/// The rows of embedding tables that a batch uses, each once, in the order in which they are met. A mark in every code tells this batch's
/// from those of batches before: nothing needs clearing, and nothing is sorted.
/// </summary>
internal sealed class TouchedRows
{
    private readonly EncodedBatch _encoded;
    private readonly (int Batch, int Place)[][] _marks;
    private readonly int[][] _ids;
    private readonly int[] _counts;
    private int[] _places = [];
    private int _batch;

    /// <param name="encoded">The rows that batches are taken from.</param>
    /// <param name="sizes">[tables] codes of each.</param>
    public TouchedRows(EncodedBatch encoded, int[] sizes)
    {
        _encoded = encoded;
        _marks = [.. sizes.Select(size => new (int, int)[size])];
        _ids = [.. sizes.Select(_ => Array.Empty<int>())];
        _counts = new int[sizes.Length];
    }

    /// <summary>Rows of the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>[batch × tables], row-major: the place of each code among the table's touched rows.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Rows * _counts.Length);

    /// <summary>(touched): rows of a table.</summary>
    public ReadOnlySpan<int> Of(int table) => _ids[table].AsSpan(0, _counts[table]);

    /// <summary>Forgets the batch before, and finds this one's.</summary>
    /// <param name="rows">Of the encoded table.</param>
    public void Find(ReadOnlySpan<int> rows)
    {
        int tables = _counts.Length;
        Rows = rows.Length;
        _batch++;
        Array.Clear(_counts);
        // Kept from batch to batch: arrays of this size would be large objects, and each few of them a collection of the whole heap.
        if (_places.Length < rows.Length * tables)
        {
            _places = new int[rows.Length * tables];
        }
        for (int c = 0; c < tables; c++)
        {
            if (_ids[c].Length < rows.Length)
            {
                Array.Resize(ref _ids[c], Math.Min(rows.Length, _marks[c].Length));
            }
        }
        for (int i = 0; i < rows.Length; i++)
        {
            var codes = _encoded.Codes.AsSpan(rows[i] * tables, tables);
            for (int c = 0; c < codes.Length; c++)
            {
                ref var mark = ref _marks[c][codes[c]];
                if (mark.Batch != _batch)
                {
                    mark = (_batch, _counts[c]);
                    _ids[c][_counts[c]++] = codes[c];
                }
                _places[i * tables + c] = mark.Place;
            }
        }
    }
}
