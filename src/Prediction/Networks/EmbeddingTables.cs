using Noah.Prediction.Features;
using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// One table for each column of codes, or for the columns of a bag, whose embeddings are averaged. The tables of one feature (quotient and
/// remainder of its hash) are added up: LiRank found that products do not converge near 0 (arXiv 2402.06859).
/// </summary>
internal sealed class EmbeddingTables
{
    private const double StartDeviation = 0.1;
    private static readonly Scalar CountsPerUnit = 1 / BagEncoding.CountUnit;

    private readonly int[] _features, _tables, _columns, _counts;
    private readonly Scalar[] _positions;

    public EmbeddingTables(NetworkShape shape, ParameterLayout layout)
    {
        _features = shape.TableFeatures;
        (_columns, _counts) = (shape.TableColumns, shape.CountColumns);
        _positions = [.. Enumerable.Range(0, _columns.DefaultIfEmpty().Max()).Select(position => (Scalar)position)];
        _tables = [.. shape.VocabularySizes.Select((size, c) =>
            layout.Add($"embedding.{c}", ParameterRole.Embedding, StartDeviation, size, shape.WidthOf(_features[c])))];
        CodeColumns = [.. shape.CodeColumns()];
        CodeColumn[] ofTables = [.. _tables.Select((_, t) => CodeColumns.First(column => column.Table == t))];
        Widths = Array.ConvertAll(ofTables, column => column.Width);
        Columns = Array.ConvertAll(ofTables, column => column.Target);
    }

    /// <summary>Number of tables; they are the first blocks of the layout.</summary>
    public int Count => _tables.Length;

    /// <summary>[columns of codes] what each one is read for.</summary>
    public CodeColumn[] CodeColumns { get; }

    /// <summary>[tables] numbers of a row.</summary>
    public int[] Widths { get; }

    /// <summary>[tables] where in the network's input each one's embeddings begin; those of one feature share a place.</summary>
    public int[] Columns { get; }

    /// <summary>The embeddings of each feature, (batch, width) each.</summary>
    /// <param name="parameters">Of the layout.</param>
    /// <param name="numeric">(batch, numeric): it holds the counts of bags.</param>
    /// <param name="codes">(batch, columns), int64.</param>
    public IEnumerable<Tensor> Lookup(Tensor[] parameters, Tensor numeric, Tensor codes)
    {
        for (int t = 0, column = 0; t < _tables.Length;)
        {
            int feature = _features[t];
            Tensor? sum = null;
            for (; t < _tables.Length && _features[t] == feature; column += _columns[t++])
            {
                var part = _columns[t] == 1
                    ? LayerTape.Lookup(parameters[_tables[t]], codes.select(1, column)) // (batch, width)
                    : Mean(parameters[_tables[t]], codes.narrow(1, column, _columns[t]), numeric.narrow(1, _counts[t], 1));
                sum = sum is null ? part : sum.Plus(part);
            }
            yield return sum!;
        }
    }

    /// <summary>The mean over the first columns, as many as a row's count says: (batch, width).</summary>
    private Tensor Mean(Tensor table, Tensor codes, Tensor numeric)
    {
        var counts = numeric.mul(CountsPerUnit); // (batch, 1)
        Tensor? sum = null;
        for (int position = 0; position < codes.size(1); position++)
        {
            var share = counts.gt(_positions[position]).to(ScalarType.Float32) / counts; // (batch, 1)
            var part = LayerTape.Lookup(table, codes.select(1, position)) * share;
            sum = sum is null ? part : sum.Plus(part);
        }
        return sum!;
    }
}
