using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Training.Incremental;

/// <summary>
/// The network with only those rows of its embedding tables that some rows of data use. An increment uses few: the others stay as they are, and
/// cost nothing.
/// </summary>
internal sealed class CompactTables
{
    private readonly ActionNetwork _full;
    private readonly int[][] _codes;

    /// <param name="full">The network.</param>
    /// <param name="encoded">The rows of data.</param>
    public CompactTables(ActionNetwork full, EncodedBatch encoded)
    {
        _full = full;
        var columns = full.Tables.CodeColumns;
        int[][] places = [.. full.Shape.VocabularySizes.Select(size => new int[size])];
        List<int>[] used = [.. places.Select(_ => new List<int>())];
        var compact = new int[encoded.Codes.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            int table = columns[c].Table;
            for (int at = c; at < compact.Length; at += columns.Length)
            {
                int code = encoded.Codes[at];
                if (places[table][code] == 0)
                {
                    used[table].Add(code);
                    places[table][code] = used[table].Count;
                }
                compact[at] = places[table][code] - 1;
            }
        }
        _codes = [.. used.Select(codes => codes.ToArray())];
        Encoded = encoded with { Codes = compact };
        var shape = full.Shape;
        Network = new ActionNetwork(shape with
        {
            VocabularySizes = [.. _codes.Select(used => used.Length)],
            TableFeatures = shape.TableFeatures,
            FeatureWidths = [.. Enumerable.Range(0, _codes.Length).Select(feature => shape.TableFeatures.Contains(feature) ? shape.WidthOf(feature) : 0)],
        });
    }

    /// <summary>The smaller network.</summary>
    public ActionNetwork Network { get; }

    /// <summary>The rows of data with the codes of the smaller tables.</summary>
    public EncodedBatch Encoded { get; }

    /// <summary>From one number for each parameter of the network, those of the smaller one.</summary>
    public float[] Gather(float[] full)
    {
        var compact = new float[Network.ParameterCount];
        ForEachRun((from, to, length) => full.AsSpan(from, length).CopyTo(compact.AsSpan(to)));
        return compact;
    }

    /// <summary>The numbers of the network, with those of the smaller one in their places.</summary>
    public float[] Scatter(float[] compact, float[] full)
    {
        float[] whole = [.. full];
        ForEachRun((to, from, length) => compact.AsSpan(from, length).CopyTo(whole.AsSpan(to)));
        return whole;
    }

    private void ForEachRun(Action<int, int, int> copy)
    {
        for (int b = 0; b < _full.Blocks.Count; b++)
        {
            ParameterBlock full = _full.Blocks[b], compact = Network.Blocks[b];
            int column = b < _codes.Length ? b : CurveColumn(full);
            if (column < 0)
            {
                copy(full.Offset, compact.Offset, full.Length);
                continue;
            }
            int width = full.Shape[1];
            for (int row = 0; row < _codes[column].Length; row++)
            {
                copy(full.Offset + _codes[column][row] * width, compact.Offset + row * width, width);
            }
        }
    }

    /// <summary>The column of codes by which the rows of a block are looked up; −1 for another block.</summary>
    private int CurveColumn(ParameterBlock block) =>
        _full.Shape.CurveColumns is { } columns && IsotonicLayer.EmbeddingOf(block) is { } embedding ? columns[embedding] : -1;
}
