using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Tests.Features;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Training;

public sealed class EncodedRowsTests
{
    private const int Rows = 700;

    private static readonly FeatureTable Table = FeatureEncoderBuilderTests.Mixed(Rows);
    private static readonly SyntheticCampaign Campaign = SyntheticCampaign.Create(Rows, 4);

    [Theory]
    [InlineData(EmbeddingOptimizer.Adam, 1)]
    [InlineData(EmbeddingOptimizer.RowWise, 3)]
    public void Train_OfBatches_GivesTheBytesOfTheTable(EmbeddingOptimizer optimizer, int networks)
    {
        var options = new ResponseOptions
        {
            Actions = SyntheticCampaign.ActionNames,
            Folds = 3,
            Networks = networks,
            MaxEpochs = 3,
            BatchSize = 64,
            EmbeddingOptimizer = optimizer,
            CalibrationFeatures = ["region"],
        };
        byte[] expected = Bytes(ResponseModel.Train(Table, Campaign.Actions, Campaign.Response, options).Save);
        foreach (int batch in new[] { 1, 333, Rows })
        {
            Assert.Equal(expected, Bytes(ResponseModel.Train(Stored(batch, NumberPrecision.Full, Campaign.Response), options).Save));
        }
    }

    [Fact]
    public void TrainOfValue_OfBatches_GivesTheBytesOfTheTable()
    {
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 3, Networks = 1, MaxEpochs = 3 };
        byte[] expected = Bytes(ValueModel.Train(Table, Campaign.Actions, Campaign.Amount, options).Save);
        Assert.Equal(expected, Bytes(ValueModel.Train(Stored(50, NumberPrecision.Full, Campaign.Amount), options).Save));
    }

    [Fact]
    public void Select_OfRows_IsWhatTransformGives()
    {
        var whole = FeatureEncoder.Fit(Table).Transform(Table);
        int[] rows = [699, 0, 350, 350];
        var full = ((IEncodedSource)Stored(101, NumberPrecision.Full, Campaign.Response)).Select(rows);
        var half = ((IEncodedSource)Stored(101, NumberPrecision.Half, Campaign.Response)).Select(rows);
        var expected = ((IEncodedSource)whole).Select(rows);
        Assert.Equal(expected.Numeric, full.Numeric);
        Assert.Equal(expected.Codes, full.Codes);
        Assert.Equal(expected.Codes, half.Codes);
        Assert.Equal(expected.Numeric, half.Numeric, (a, b) => Math.Abs(a - b) <= Math.Abs(a) / 2000);
        // Counts of sets come back exactly, or means would not be means.
        Assert.Equal(expected.Numeric[whole.NumericWidth - 1], half.Numeric[whole.NumericWidth - 1]);
    }

    [Fact]
    public void Rows_BeyondOneChunk_KeepTheirPlaces()
    {
        const int Many = 40_000;
        float[] numbers = [.. Enumerable.Range(0, Many).Select(i => (float)i)];
        string?[] names = [.. Enumerable.Range(0, Many).Select(i => $"n{i % 300}")];
        var table = new FeatureTable([FeatureColumn.Numeric("x", numbers), FeatureColumn.Categorical("name", names)]);
        var encoder = FeatureEncoder.Fit(table);
        var stored = new EncodedRows(encoder);
        foreach (int[] batch in Enumerable.Range(0, Many).Chunk(9_999))
        {
            stored.Add(table.Select(batch), new int[batch.Length], new float[batch.Length]);
        }
        int[] asked = [0, 16_383, 16_384, 32_768, Many - 1];
        var (expected, actual) = (((IEncodedSource)encoder.Transform(table)).Select(asked), ((IEncodedSource)stored).Select(asked));
        Assert.Equal(expected.Numeric, actual.Numeric);
        Assert.Equal(expected.Codes, actual.Codes);
        Assert.Equal(Many, stored.Rows);
        // 4 bytes of a number, 2 of one of 302 codes, action and label; whole chunks and doubling leave some room.
        Assert.InRange(stored.Bytes, Many * 14L, Many * 24L);
    }

    [Fact]
    public void Packing_OfAnyCode_GivesItBack()
    {
        int[] sizes = [256, 257, 65_536, 65_537, 1];
        var packing = new CodePacking(sizes);
        Assert.Equal(1 + 2 + 2 + 4 + 1, packing.RowBytes);
        byte[] packed = new byte[packing.RowBytes];
        int[] codes = [.. sizes.Select(size => size - 1)], back = new int[5];
        packing.Pack(codes, packed);
        packing.Unpack(packed, back);
        Assert.Equal(codes, back);
    }

    [Fact]
    public void Add_OfWrongLengths_ThrowsAndAddsNothing()
    {
        var stored = new EncodedRows(FeatureEncoder.Fit(Table));
        Assert.Throws<ArgumentException>("actions", () => stored.Add(Table, [0], Campaign.Response));
        Assert.Throws<ArgumentException>("labels", () => stored.Add(Table, Campaign.Actions, [0f]));
        Assert.Throws<ArgumentException>(() => stored.Add(new FeatureTable([Table.Columns[0]]), Campaign.Actions, Campaign.Response));
        Assert.Equal(0, stored.Rows);
        var error = Assert.Throws<ArgumentException>("rows", () => ResponseModel.Train(stored));
        Assert.Contains("there are 0", error.Message, StringComparison.Ordinal);
    }

    private static EncodedRows Stored(int batchRows, NumberPrecision precision, float[] labels)
    {
        var stored = new EncodedRows(FeatureEncoder.Fit(Table), 1, precision);
        foreach (int[] rows in Enumerable.Range(0, Rows).Chunk(batchRows))
        {
            stored.Add(Table.Select(rows), Array.ConvertAll(rows, row => Campaign.Actions[row]), Array.ConvertAll(rows, row => labels[row]));
        }
        return stored;
    }

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }
}
