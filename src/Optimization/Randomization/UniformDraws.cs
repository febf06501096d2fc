namespace Noah.Optimization.Randomization;

/// <summary>Border check of caller-supplied uniform numbers.</summary>
internal static class UniformDraws
{
    public static void Check(ReadOnlySpan<double> uniforms, int units, string parameter)
    {
        if (uniforms.Length != units)
        {
            throw new ArgumentException($"Length {uniforms.Length} must be the number of units, {units}.", parameter);
        }

        for (var unit = 0; unit < units; unit++)
        {
            if (!(uniforms[unit] >= 0 && uniforms[unit] < 1))
            {
                throw new ArgumentOutOfRangeException(parameter, $"Unit {unit}: draw {uniforms[unit]} must lie in [0, 1).");
            }
        }
    }
}
