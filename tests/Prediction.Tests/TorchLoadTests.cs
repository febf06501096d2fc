using TorchSharp;

namespace Noah.Prediction.Tests;

public sealed class TorchLoadTests
{
    [Fact]
    public void NativeLibrary_OnThisSystem_Loads()
    {
        using var ones = torch.ones(3);
        Assert.Equal(3f, ones.sum().item<float>());
    }
}
