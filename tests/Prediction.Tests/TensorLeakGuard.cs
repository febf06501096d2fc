using TorchSharp;

namespace Noah.Prediction.Tests;

/// <summary>Fails when an action leaves tensors alive. The count is the process's, so it belongs in <see cref="AloneCollection"/>.</summary>
internal static class TensorLeakGuard
{
    public static void AssertNoneLeft(Action action)
    {
        action();
        long before = torch.Tensor.TotalCount;
        action();
        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
#pragma warning disable CA1711 // xUnit's own word for it.
public sealed class AloneCollection
#pragma warning restore CA1711
{
    public const string Name = "Runs alone";
}
