namespace Noah.Prediction.Features;

/// <summary>How a moment on a circle becomes numbers: its sine and cosine, so that the end is as near to the beginning as it is.</summary>
internal sealed record CyclicEncoding(string Name, float Period, bool MarksMissing)
{
    /// <summary>Writes sine and cosine; both 0, which no moment has, for missing.</summary>
    /// <param name="values">In [0, Period); NaN = missing.</param>
    /// <param name="sines">As many.</param>
    /// <param name="cosines">As many.</param>
    public void Apply(ReadOnlySpan<float> values, Span<float> sines, Span<float> cosines)
    {
        for (int i = 0; i < values.Length; i++)
        {
            (sines[i], cosines[i]) = float.IsNaN(values[i]) ? (0f, 0f) : MathF.SinCos((float)(2 * Math.PI * (values[i] / (double)Period)));
        }
    }
}
