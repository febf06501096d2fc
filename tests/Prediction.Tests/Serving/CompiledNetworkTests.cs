using Noah.Prediction.Response;
using Noah.Prediction.Serving;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Serving;

public sealed class CompiledNetworkTests
{
    private static readonly ResponseOptions Cpu = new() { Device = ComputeDevice.Cpu };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void Outputs_OfARandomNetwork_AreThoseOfLibtorch(int seed)
    {
        var random = new RandomNetwork(seed);
        AssertClose(
            NetworkScorer.Outputs(random.Network, random.Weights, random.Rows, random.Actions, Cpu),
            Outputs(random, ScoringPrecision.Full));
        AssertClose(
            NetworkScorer.OutputsOfAll(random.Network, random.Weights, random.Rows, Cpu),
            OutputsOfAll(random, ScoringPrecision.Full));
        var representations = new float[random.Rows.Rows * random.Shape.RepresentationWidth];
        Compile(random, ScoringPrecision.Full).Representations(random.Rows, 0, representations);
        AssertClose(NetworkScorer.Representations(random.Network, random.Weights, random.Rows, Cpu), representations);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Outputs_UnderOneAction_AreThoseOfAllActionsToTheBit(int seed)
    {
        var random = new RandomNetwork(seed);
        foreach (var precision in Enum.GetValues<ScoringPrecision>())
        {
            float[] all = OutputsOfAll(random, precision), own = Outputs(random, precision);
            for (int i = 0; i < own.Length; i++)
            {
                int row = i / random.Shape.Heads, head = i % random.Shape.Heads;
                Assert.Equal(all[(((row * random.Shape.Actions) + random.Actions[row]) * random.Shape.Heads) + head], own[i]);
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Outputs_OfARow_DoNotDependOnTheRowsBesideIt(int seed)
    {
        var random = new RandomNetwork(seed, 170);
        int[] order = [.. Enumerable.Range(0, 170).Select(i => i * 37 % 170)];
        foreach (var precision in Enum.GetValues<ScoringPrecision>())
        {
            var network = Compile(random, precision);
            float[] together = OutputsOfAll(random, precision), shuffled = new float[together.Length];
            int width = together.Length / 170;
            network.OutputsOfAll(random.Select(order), 0, shuffled);
            for (int i = 0; i < 170; i++)
            {
                var expected = together.AsSpan(order[i] * width, width);
                Assert.True(expected.SequenceEqual(shuffled.AsSpan(i * width, width)), $"Row {order[i]} at {i}.");
                var alone = new float[width];
                network.OutputsOfAll(random.Rows, order[i], alone);
                Assert.True(expected.SequenceEqual(alone), $"Row {order[i]} alone.");
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Outputs_InReducedPrecision_StayNearFullOnes(int seed)
    {
        var random = new RandomNetwork(seed, 200);
        float[] full = OutputsOfAll(random, ScoringPrecision.Full), reduced = OutputsOfAll(random, ScoringPrecision.Reduced);
        double deviation = Math.Sqrt(full.Average(x => (double)x * x)), error = Math.Sqrt(full.Zip(reduced, (a, b) => (double)(a - b) * (a - b)).Average());
        // Roundings of 8 bits are some per mille of a layer's range each, and add up over the layers.
        Assert.True(error < 0.05 * Math.Max(deviation, 1), $"Error {error:G3}, size {deviation:G3}.");
        Assert.NotEqual(full, reduced);
    }

    [Theory, InlineData(9_000), InlineData(500), InlineData(129), InlineData(1)]
    public void Server_WithThreads_GivesTheBitsOfOne(int rows)
    {
        var random = new RandomNetwork(5, rows);
        float[] Run(int threads) => new NetworkServer(random.Network, [random.Weights, [.. random.Weights.Select(w => w * 0.9f)]], Cpu, new() { Threads = threads })
            .Outputs(random.Rows, random.Actions);
        Assert.Equal(Run(1), Run(3));
    }

    [Fact]
    public void Server_OfSeveralNetworks_AveragesThemInEitherBackend()
    {
        var random = new RandomNetwork(7, 300);
        float[][] members = [random.Weights, [.. random.Weights.Select(w => w * 0.9f)], [.. random.Weights.Select(w => w * 1.1f)]];
        float[] Run(ScoringBackend backend) => new NetworkServer(random.Network, members, Cpu, new() { Backend = backend }).OutputsOfAll(random.Rows);
        float[] compiled = Run(ScoringBackend.Compiled);
        AssertClose(Run(ScoringBackend.Torch), compiled);
        float[][] each = [.. members.Select(weights => new NetworkServer(random.Network, [weights], Cpu, new()).OutputsOfAll(random.Rows))];
        AssertClose([.. compiled.Select((_, i) => each.Average(outputs => outputs[i]))], compiled);
    }

    [Fact]
    public void Outputs_CalledFromManyThreadsAtOnce_AreTheSame()
    {
        var random = new RandomNetwork(11, 100);
        var network = Compile(random, ScoringPrecision.Full);
        float[] expected = OutputsOfAll(random, ScoringPrecision.Full);
        var wrong = Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Count(_ =>
        {
            var outputs = new float[expected.Length];
            network.OutputsOfAll(random.Rows, 0, outputs);
            return !outputs.AsSpan().SequenceEqual(expected);
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Server_OfRowsThatDoNotFit_NamesThem()
    {
        var random = Enumerable.Range(1, 40).Select(seed => new RandomNetwork(seed, 20)).First(r => r.Rows.CategoricalWidth > 1 && r.Rows.NumericWidth > 1);
        foreach (var backend in Enum.GetValues<ScoringBackend>())
        {
            var server = new NetworkServer(random.Network, [random.Weights], Cpu, new() { Backend = backend });
            int[] codes = [.. random.Rows.Codes];
            codes[(3 * random.Rows.CategoricalWidth) + 1] = random.Shape.VocabularySizes[1];
            Assert.Contains("row 3, column 1", Assert.Throws<ArgumentException>(() => server.OutputsOfAll(random.Rows with { Codes = codes })).Message);
            codes[(3 * random.Rows.CategoricalWidth) + 1] = -1;
            Assert.Contains("row 3, column 1", Assert.Throws<ArgumentException>(() => server.OutputsOfAll(random.Rows with { Codes = codes })).Message);
            float[] numbers = [.. random.Rows.Numeric];
            numbers[(19 * random.Rows.NumericWidth) + 1] = float.NaN;
            Assert.Contains("row 19, column 1", Assert.Throws<ArgumentException>(() => server.OutputsOfAll(random.Rows with { Numeric = numbers })).Message);
            Assert.Throws<ArgumentException>(() => server.OutputsOfAll(random.Rows with { Rows = 21 }));
            Assert.Throws<ArgumentException>(() => server.OutputsOfAll(random.Rows with { NumericWidth = 1 }));
            Assert.Throws<ArgumentException>(() => server.Outputs(random.Rows with { CategoricalWidth = 1 }, random.Actions));
        }
    }

    [Fact]
    public void Compile_OfWeightsOfAnotherNetwork_IsRefused()
    {
        var random = new RandomNetwork(1);
        Assert.Throws<ArgumentException>(() => new CompiledNetwork(random.Shape, random.Network.Blocks, new float[3], ScoringPrecision.Full));
    }

    private static CompiledNetwork Compile(RandomNetwork random, ScoringPrecision precision) =>
        new(random.Shape, random.Network.Blocks, random.Weights, precision);

    private static float[] Outputs(RandomNetwork random, ScoringPrecision precision)
    {
        var outputs = new float[random.Rows.Rows * random.Shape.Heads];
        Compile(random, precision).Outputs(random.Rows, 0, random.Actions, outputs);
        return outputs;
    }

    private static float[] OutputsOfAll(RandomNetwork random, ScoringPrecision precision)
    {
        var outputs = new float[random.Rows.Rows * random.Shape.Heads * random.Shape.Actions];
        Compile(random, precision).OutputsOfAll(random.Rows, 0, outputs);
        return outputs;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-4f, $"Output {i} is {actual[i]:G9}, {expected[i]:G9} by libtorch.");
        }
    }
}
