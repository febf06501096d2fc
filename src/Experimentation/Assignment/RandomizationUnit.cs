namespace Noah.Experimentation.Assignment;

/// <summary>What is assigned as one.</summary>
public enum RandomizationUnit
{
    /// <summary>Every member alone.</summary>
    Member,

    /// <summary>
    /// All members of an account together, where colleagues would otherwise compare what they were sent. A member without account stands alone.
    /// </summary>
    Account,
}
