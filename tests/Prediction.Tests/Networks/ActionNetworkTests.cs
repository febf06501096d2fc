using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Networks;

public sealed class ActionNetworkTests
{
    private static readonly ResponseOptions Options = new() { Device = ComputeDevice.Cpu };

    private static readonly NetworkShape Shape = new(3, [5, 4], Actions: 3, Heads: 2, CrossLayers: 2, CrossRank: 2, Hidden: [6, 4]);

    [Fact]
    public void Outputs_OfRandomWeights_EqualASlowImplementation()
    {
        var network = new ActionNetwork(Shape);
        var random = new Random(10);
        float[] weights = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => (float)SyntheticCampaign.Normal(random) * 0.5f)];
        var encoded = new EncodedBatch(
            4, 3, [.. Enumerable.Range(0, 12).Select(_ => (float)SyntheticCampaign.Normal(random))], 2, [0, 1, 4, 3, 2, 2, 1, 0]);
        int[] actions = [0, 1, 2, 1];
        float[] outputs = NetworkScorer.Outputs(network, weights, encoded, actions, Options);
        for (int row = 0; row < 4; row++)
        {
            double[] expected = Slow(network, weights, encoded, row, actions[row]);
            for (int head = 0; head < 2; head++)
            {
                Assert.Equal(expected[head], outputs[row * 2 + head], 4);
            }
        }
    }

    [Fact]
    public void Initialize_WithStartPerAction_StartsThere()
    {
        var network = new ActionNetwork(Shape);
        float[] start = [-1, 2, 0.5f, 3, 0, 0];
        float[] weights = network.Initialize(new Random(1), start);
        var zeros = new EncodedBatch(1, 3, new float[3], 2, [0, 0]);
        for (int action = 0; action < 3; action++)
        {
            float[] outputs = NetworkScorer.Outputs(network, weights, zeros, [action], Options);
            Assert.Equal(start[action * 2], outputs[0], 1);
            Assert.Equal(start[action * 2 + 1], outputs[1], 1);
        }
    }

    private static double[] Slow(ActionNetwork network, float[] weights, EncodedBatch encoded, int row, int action)
    {
        double[,] Block(string name)
        {
            var block = network.Blocks.Single(b => b.Name == name);
            int columns = block.Shape.Length == 2 ? block.Shape[1] : 1;
            var matrix = new double[block.Shape[0], columns];
            for (int i = 0; i < block.Length; i++)
            {
                matrix[i / columns, i % columns] = weights[block.Offset + i];
            }
            return matrix;
        }
        double[] Times(string name, double[] x)
        {
            var matrix = Block(name);
            return [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => x.Select((value, j) => matrix[i, j] * value).Sum())];
        }
        double[] Plus(double[] x, string bias)
        {
            var matrix = Block(bias);
            return [.. x.Select((value, i) => value + matrix[i, 0])];
        }
        var input = new List<double>();
        for (int j = 0; j < 3; j++)
        {
            input.Add(encoded.Numeric[row * 3 + j]);
        }
        for (int c = 0; c < 2; c++)
        {
            var table = Block($"embedding.{c}");
            for (int j = 0; j < table.GetLength(1); j++)
            {
                input.Add(table[encoded.Codes[row * 2 + c], j]);
            }
        }
        double[] x0 = [.. input], cross = x0, trunk = x0;
        for (int l = 0; l < 2; l++)
        {
            double[] mapped = Plus(Times($"cross.{l}.up", Times($"cross.{l}.down", cross)), $"cross.{l}.bias");
            cross = [.. cross.Select((value, i) => x0[i] * mapped[i] + value)];
            trunk = [.. Plus(Times($"trunk.{l}.weight", trunk), $"trunk.{l}.bias").Select(value => Math.Max(0, value))];
        }
        double[] representation = [.. cross, .. trunk];
        double[] heads = Plus(Times("head.weight", representation), "head.bias");
        double[] effects = Plus(Times("effect.weight", representation), "effect.bias");
        return action == 0 ? heads : [.. heads.Select((value, h) => value + effects[(action - 1) * 2 + h])];
    }
}
