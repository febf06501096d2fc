namespace Noah.Experimentation.Inference;

/// <summary>Where a p comes from.</summary>
public enum PValueSource
{
    /// <summary>Normal approximation.</summary>
    Normal,

    /// <summary>Random permutations of the arm labels.</summary>
    Permutation,
}
