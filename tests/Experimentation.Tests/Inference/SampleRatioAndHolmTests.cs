using Noah.Experimentation.Inference;

namespace Noah.Experimentation.Tests.Inference;

public sealed class SampleRatioAndHolmTests
{
    // 821,588 against 815,482 planned 50/50: p = 1.8e-6 (Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, chapter 3).
    [Fact]
    public void SampleRatio_OnThePublishedExample_IsAMismatch()
    {
        var result = SampleRatioMismatch.Test([821_588, 815_482], [1, 1]);
        Assert.Equal(SampleRatioVerdict.Mismatch, result.Verdict);
        Assert.Equal(1.8e-6, result.PValue!.Value, 0.1e-6);
    }

    [Fact]
    public void SampleRatio_OfHillstrom_IsConsistent()
    {
        var result = SampleRatioMismatch.Test([21_307, 21_387, 21_306], [1, 1, 1]);
        Assert.Equal(SampleRatioVerdict.Consistent, result.Verdict);
        Assert.Equal(2, result.DegreesOfFreedom);
        Assert.Equal(Math.Exp(-result.ChiSquare!.Value / 2), result.PValue!.Value, 1e-12);
    }

    [Fact]
    public void SampleRatio_OfFewUnits_IsNotTestable()
    {
        var result = SampleRatioMismatch.Test([4, 3], [9, 1]);
        Assert.Equal(SampleRatioVerdict.NotTestable, result.Verdict);
        Assert.Null(result.PValue);
        Assert.Equal([6.3, 0.7], result.ExpectedCounts, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void SampleRatio_WithBadInput_Throws()
    {
        Assert.Throws<ArgumentException>("weights", () => SampleRatioMismatch.Test([1, 2], [1]));
        Assert.Throws<ArgumentException>("weights", () => SampleRatioMismatch.Test([1, 2], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>("counts", () => SampleRatioMismatch.Test([1, -2], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => SampleRatioMismatch.Test([1, 2], [1, 1], 1));
    }

    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") gives 0.03 0.06 0.06 0.02.
    [Fact]
    public void Holm_OnAnExample_EqualsR()
    {
        var adjusted = HolmCorrection.Adjust([0.01, null, 0.04, 0.03, 0.005]);
        Assert.Equal([0.03, null, 0.06, 0.06, 0.02], adjusted, (a, b) => a == b || Math.Abs(a!.Value - b!.Value) < 1e-15);
    }

    [Fact]
    public void Holm_WithBadP_NamesTheIndex() => Assert.Contains(
        "Value 1", Assert.Throws<ArgumentException>("pValues", () => HolmCorrection.Adjust([0.1, 1.1])).Message, StringComparison.Ordinal);
}
