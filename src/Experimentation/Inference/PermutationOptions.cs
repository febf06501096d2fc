namespace Noah.Experimentation.Inference;

/// <summary>When and how a rank test of a zero-inflated metric takes its p from permutations instead of the normal law.</summary>
public sealed record PermutationOptions
{
    /// <summary>Never permutes: the normal law whatever the counts, as other libraries have it.</summary>
    public static PermutationOptions Never { get; } = new() { PermuteBelowPositives = 0 };

    /// <summary>Permutes where the smaller number of positives is below this; 0 never does. Default 30: with 20 a side the normal law of the
    /// zero-trimmed U reached 0.06.</summary>
    public int PermuteBelowPositives { get; init; } = 30;

    /// <summary>Number of permutations, at least 99; default 9,999, which resolves p to 1e-4.</summary>
    public int Permutations { get; init; } = 9_999;

    /// <summary>Seed of the permutations; default 1. Equal seeds give equal results.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Check()
    {
        Statistics.Require.AtLeast(Permutations, 99, nameof(Permutations));
        Statistics.Require.AtLeast(PermuteBelowPositives, 0, nameof(PermuteBelowPositives));
    }
}
