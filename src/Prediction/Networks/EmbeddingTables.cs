using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// One table for each column of codes. The tables of one feature (quotient and remainder of its hash) are added up: LiRank found that
/// products do not converge near 0 (arXiv 2402.06859).
/// </summary>
internal sealed class EmbeddingTables
{
    private const double StartDeviation = 0.1;

    private readonly int[] _features, _tables;

    public EmbeddingTables(NetworkShape shape, ParameterLayout layout)
    {
        _features = shape.TableFeatures;
        _tables = [.. shape.VocabularySizes.Select((size, c) =>
            layout.Add($"embedding.{c}", ParameterRole.Embedding, StartDeviation, size, shape.WidthOf(_features[c])))];
        Widths = [.. _features.Select(shape.WidthOf)];
        Columns = new int[_tables.Length];
        for (int c = 0, column = shape.NumericWidth; c < Columns.Length; c++)
        {
            Columns[c] = c > 0 && _features[c] == _features[c - 1] ? Columns[c - 1] : column;
            column = Columns[c] + Widths[c];
        }
    }

    /// <summary>Number of tables; they are the first blocks of the layout.</summary>
    public int Count => _tables.Length;

    /// <summary>[tables] numbers of a row.</summary>
    public int[] Widths { get; }

    /// <summary>[tables] where in the network's input each one's embeddings begin; those of one feature share a place.</summary>
    public int[] Columns { get; }

    /// <summary>The embeddings of each feature, (batch, width) each.</summary>
    /// <param name="parameters">Of the layout.</param>
    /// <param name="codes">(batch, tables), int64.</param>
    public IEnumerable<Tensor> Lookup(Tensor[] parameters, Tensor codes)
    {
        for (int c = 0; c < _tables.Length;)
        {
            int feature = _features[c];
            var sum = LayerTape.Lookup(parameters[_tables[c]], codes.select(1, c)); // (batch, width)
            for (c++; c < _tables.Length && _features[c] == feature; c++)
            {
                sum = sum.Plus(LayerTape.Lookup(parameters[_tables[c]], codes.select(1, c)));
            }
            yield return sum;
        }
    }
}
