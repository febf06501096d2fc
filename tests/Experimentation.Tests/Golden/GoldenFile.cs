using System.Text.Json;

namespace Noah.Experimentation.Tests.Golden;

/// <summary>Figures of scipy 1.10 and statsmodels 0.13 (generate.py) and of R (generate.R), both beside this file.</summary>
internal static class GoldenFile
{
    private static readonly Lazy<JsonElement> Root = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "golden.json"))).RootElement);

    public static JsonElement Part(string name) => Root.Value.GetProperty(name);

    public static double[] Numbers(this JsonElement element, string name) => element.GetProperty(name).Numbers();

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    /// <summary>Equal within a relative tolerance, down to the smallest doubles.</summary>
    public static void Near(double expected, double? actual, double relative = 1e-10)
    {
        Assert.NotNull(actual);
        Assert.True(Math.Abs(actual.Value - expected) <= relative * Math.Abs(expected), $"Expected {expected:R}, actual {actual:R}.");
    }
}
