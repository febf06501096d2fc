using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Tests.Training.Incremental;

public sealed class CompactTablesTests
{
    private static readonly ResponseOptions Options = new() { Device = ComputeDevice.Cpu };

    // Two tables of one feature, one of another, and curves by the second.
    private static readonly ActionNetwork Network = new(new NetworkShape(2, [50, 40, 30], Actions: 2, Heads: 2, CrossLayers: 1, CrossRank: 4, Hidden: [6, 4])
    {
        TableFeatures = [0, 0, 1],
        CrossAttention = true,
        CurveColumns = [2],
    });

    private static readonly EncodedBatch Rows = new(4, 2, [1, -1, 0.5f, 2, 0, 1, -2, 0.3f], 3, [7, 39, 29, 7, 0, 3, 49, 39, 3, 0, 1, 29]);

    [Fact]
    public void Network_OfUsedRowsOnly_GivesTheSameOutputs()
    {
        var tables = new CompactTables(Network, Rows);
        Assert.Equal([3, 3, 2], tables.Network.Shape.VocabularySizes);
        float[] weights = Weights(1);
        int[] actions = [0, 1, 1, 0];
        Assert.Equal(
            NetworkScorer.Outputs(Network, weights, Rows, actions, Options),
            NetworkScorer.Outputs(tables.Network, tables.Gather(weights), tables.Encoded, actions, Options));
    }

    [Fact]
    public void Scatter_OfGather_ChangesNothing_AndOtherwiseOnlyUsedRows()
    {
        var tables = new CompactTables(Network, Rows);
        float[] weights = Weights(2);
        Assert.Equal(weights, tables.Scatter(tables.Gather(weights), weights));
        float[] changed = tables.Scatter(Array.ConvertAll(tables.Gather(weights), w => w + 1), weights);
        Assert.Equal(tables.Network.ParameterCount, weights.Zip(changed, (a, b) => a != b).Count(differs => differs));
        var first = Network.Blocks[0];
        int[] rows = [.. Enumerable.Range(0, 50).Where(row => weights[first.Offset + (row * first.Shape[1])] != changed[first.Offset + (row * first.Shape[1])])];
        Assert.Equal([0, 7, 49], rows);
    }

    private static float[] Weights(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Network.ParameterCount).Select(_ => (float)SyntheticCampaign.Normal(random) * 0.3f)];
    }
}
