using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Tests.Networks;

public sealed class NetworkGradientTests
{
    private const int Rows = 37;

    // Ranks 8, 5 and 20 make tokens of 2, of 1 (five tokens would be too many: one) and of 5 numbers.
    public static TheoryData<int, bool, bool, int> Shapes => new()
    {
        { 8, false, false, 1 }, { 8, true, true, 3 }, { 5, true, false, 2 }, { 20, true, true, 1 }, { 64, true, false, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradient_EqualsAutogradThroughTheWholeNetwork(int rank, bool attention, bool curves, int actions)
    {
        using var scope = NewDisposeScope();
        var network = Network(rank, attention, curves, actions);
        var (flat, tables, numeric, codes, targets) = Draw(network);
        Tensor[] lookedUp = [.. network.Tables.Lookup([.. tables], numeric, codes)];
        var input = cat([numeric, .. lookedUp], 1).detach().requires_grad_(true);
        var (loss, ofParameters, ofInput) = new NetworkGradient(network, flat, 1).Gradient(input, targets, Loss);

        Tensor[] parameters = [.. tables, .. network.Layout.Split(flat, tables.Length)];
        Tensor[] crosses = [.. Crosses(network, parameters, input)];
        var represented = network.Represent(parameters, numeric, codes);
        var outputs = network.Calibrate(
            parameters, network.Heads(parameters, network.Parts(parameters, input, crosses), targets.ActionMask), codes);
        AssertClose(network.Calibrate(parameters, network.Heads(parameters, represented, targets.ActionMask), codes), outputs);
        var expected = Loss(outputs, targets.Labels);
        Tensor[] gradients = [.. autograd.grad([expected], [flat, input])];
        Assert.Equal(TorchRuntime.ToArray(expected.detach())[0], loss, 1e-5);
        AssertClose(gradients[0], ofParameters);
        AssertClose(gradients[1], ofInput);
        AssertClose(outputs, new NetworkGradient(network, flat, 1).Outputs(input, targets));
    }

    [Fact]
    public void Gradient_OfABatchInPieces_EqualsAutogradThroughTheWhole()
    {
        using var scope = NewDisposeScope();
        // So wide that a piece has some 500 rows.
        var network = new ActionNetwork(new NetworkShape(3, [6, 7, 4], Actions: 2, Heads: 2, CrossLayers: 1, CrossRank: 4, Hidden: [4096, 5]));
        var (flat, tables, numeric, codes, targets) = Draw(network, 1_300);
        var input = cat([numeric, .. network.Tables.Lookup([.. tables], numeric, codes)], 1).detach().requires_grad_(true);
        var (loss, ofParameters, ofInput) = new NetworkGradient(network, flat, 1).Gradient(input, targets, Loss);
        Tensor[] parameters = [.. tables, .. network.Layout.Split(flat, tables.Length)];
        var expected = Loss(
            network.Heads(parameters, network.Parts(parameters, input, [.. Crosses(network, parameters, input)]), targets.ActionMask), targets.Labels);
        Assert.Equal(TorchRuntime.ToArray(expected.detach())[0], loss, 1e-4);
        Tensor[] gradients = [.. autograd.grad([expected], [flat, input])];
        AssertClose(gradients[0], ofParameters);
        AssertClose(gradients[1], ofInput);
    }

    [Fact]
    public void Mix_OnTheProcessor_EqualsItsOperations()
    {
        using var scope = NewDisposeScope();
        var mix = new AttentionMix(Tokens: 3, Width: 11, Scale: 0.4);
        Tensor mapped = Normals(new Random(5), 2, Rows, 99).requires_grad_(true), gain = TorchRuntime.TensorOf([0.7f], [1], CPU).requires_grad_(true);
        var outer = Normals(new Random(6), 1, Rows, 33);
        var (mixed, attention) = mix.Forward(mapped.detach(), gain.detach());
        var expected = mix.Apply(mapped, gain);
        AssertClose(expected, mixed);
        Tensor[] gradients = [.. autograd.grad([expected], [mapped, gain], [outer])];
        foreach (var kept in new[] { attention, null })
        {
            var (ofMapped, ofGain) = mix.Backward(mapped.detach(), gain.detach(), kept, outer);
            AssertClose(gradients[0], ofMapped);
            AssertClose(gradients[1], ofGain);
        }
    }

    [Fact]
    public void Gradient_Twice_IsTheSameToTheBit()
    {
        using var scope = NewDisposeScope();
        var network = Network(64, true, true, 3);
        var (flat, tables, numeric, codes, targets) = Draw(network);
        var input = cat([numeric, .. network.Tables.Lookup([.. tables], numeric, codes)], 1).detach();
        float[] Bits() => TorchRuntime.ToArray(new NetworkGradient(network, flat, 1).Gradient(input, targets, Loss).OfParameters);
        Assert.Equal(Bits(), Bits());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Gradient_ByThreads_IsTheSameToTheBit(int threads)
    {
        using var scope = NewDisposeScope();
        var network = new ActionNetwork(new NetworkShape(3, [6, 7, 4], Actions: 2, Heads: 2, CrossLayers: 1, CrossRank: 4, Hidden: [4096, 5]) { CrossAttention = true });
        var (flat, tables, numeric, codes, targets) = Draw(network, 1_300);
        var input = cat([numeric, .. network.Tables.Lookup([.. tables], numeric, codes)], 1).detach();
        var one = new NetworkGradient(network, flat, 1).Gradient(input, targets, Loss);
        var many = new NetworkGradient(network, flat, threads).Gradient(input, targets, Loss);
        Assert.Equal(one.Loss, many.Loss);
        Assert.Equal(TorchRuntime.ToArray(one.OfParameters), TorchRuntime.ToArray(many.OfParameters));
        Assert.Equal(TorchRuntime.ToArray(one.OfInput), TorchRuntime.ToArray(many.OfInput));
        Assert.Equal(
            TorchRuntime.ToArray(new NetworkGradient(network, flat, 1).Outputs(input, targets)),
            TorchRuntime.ToArray(new NetworkGradient(network, flat, threads).Outputs(input, targets)));
    }

    [Fact]
    public void Gradient_ByThreads_PassesOnWhatALossThrows()
    {
        using var scope = NewDisposeScope();
        var network = new ActionNetwork(new NetworkShape(3, [6, 7, 4], Actions: 2, Heads: 2, CrossLayers: 1, CrossRank: 4, Hidden: [4096, 5]));
        var (flat, tables, numeric, codes, targets) = Draw(network, 1_300);
        var input = cat([numeric, .. network.Tables.Lookup([.. tables], numeric, codes)], 1).detach();
        Assert.Throws<NotFiniteNumberException>(() => new NetworkGradient(network, flat, 3).Gradient(input, targets, (_, _) => throw new NotFiniteNumberException()));
    }

    private static ActionNetwork Network(int rank, bool attention, bool curves, int actions) =>
        new(new NetworkShape(3, [6, 7, 4], actions, Heads: 2, CrossLayers: 2, CrossRank: rank, Hidden: [9, 5])
        {
            TableFeatures = [0, 0, 1],
            CrossAttention = attention,
            DenseGating = attention,
            CurveColumns = curves ? [2] : null,
        });

    private static IEnumerable<Tensor> Crosses(ActionNetwork network, Tensor[] parameters, Tensor input)
    {
        for (int l = 0, first = 3; first < network.FirstBlockBehindCrosses; l++)
        {
            var cross = input;
            bool attends = network.Blocks[first].Name.StartsWith("attention", StringComparison.Ordinal);
            int rank = network.Shape.CrossRank, tokens = Enumerable.Range(1, 4).Last(count => rank % count == 0);
            var mix = new AttentionMix(tokens, rank / tokens, 1 / Math.Sqrt((double)rank / tokens));
            for (int layer = 0; layer < network.Shape.CrossLayers; layer++, first += attends ? 4 : 3)
            {
                var mapped = linear(cross, parameters[first]);
                var mixed = attends ? mix.Apply(mapped, parameters[first + 3]) : mapped;
                cross = cross + input * linear(mixed, parameters[first + 1], parameters[first + 2]);
            }
            yield return cross;
        }
    }

    private static (Tensor Flat, Tensor[] Tables, Tensor Numeric, Tensor Codes, Targets Targets) Draw(ActionNetwork network, int count = Rows)
    {
        var random = new Random(4);
        int behind = network.Blocks[network.Tables.Count].Offset;
        var flat = Normals(random, 0.4, network.ParameterCount - behind).requires_grad_(true);
        Tensor[] tables = network.Layout.Split(Normals(random, 0.4, behind), 0, network.Tables.Count);
        var numeric = Normals(random, 1, count, 3);
        var codes = tensor([.. Enumerable.Range(0, count * 3).Select(_ => random.Next(4))], [count, 3]).to(ScalarType.Int64);
        int[] taken = [.. Enumerable.Range(0, count).Select(_ => random.Next(network.Shape.Actions))];
        var mask = TorchRuntime.TensorOf(NetworkScorer.MaskOf(taken, network.Shape.Actions), [count, network.Shape.Actions - 1], CPU);
        var labels = TorchRuntime.TensorOf([.. Enumerable.Range(0, count * 2).Select(_ => (float)random.Next(2))], [count, 2], CPU);
        return (flat, tables, numeric, codes, new Targets(mask, labels, codes));
    }

    private static Tensor Loss(Tensor outputs, Tensor labels) => binary_cross_entropy_with_logits(outputs, labels);

    private static Tensor Normals(Random random, double deviation, params long[] shape) => TorchRuntime.TensorOf(
        [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)(deviation * SyntheticCampaign.Normal(random)))], shape, CPU);

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        float[] a = TorchRuntime.ToArray(expected.detach()), b = TorchRuntime.ToArray(actual.detach());
        Assert.Equal(a, b, (x, y) => Math.Abs(x - y) <= 1e-5 + 1e-4 * Math.Abs(x));
    }
}
