namespace Noah.Heuristics;

/// <summary>Border checks shared by the rules.</summary>
internal static class UniformDraw
{
    public static void Check(double draw, string parameter)
    {
        if (!(draw >= 0 && draw < 1))
        {
            throw new ArgumentOutOfRangeException(parameter, draw, "A draw must lie in [0, 1).");
        }
    }

    /// <summary>Index that owns the draw when the probabilities are laid end to end; never one of probability 0.</summary>
    public static int Pick(ReadOnlySpan<double> probabilities, double draw)
    {
        var (sum, last) = (0.0, -1);
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] > 0)
            {
                last = i;
                sum += probabilities[i];
                if (draw < sum)
                {
                    return i;
                }
            }
        }

        // Round-off may leave the sum a bit below 1.
        return last;
    }
}
