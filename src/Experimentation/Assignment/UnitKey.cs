namespace Noah.Experimentation.Assignment;

/// <summary>Keys under which units are hashed.</summary>
public static class UnitKey
{
    /// <summary>The id that decides for a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="account">The member's account, if there is one.</param>
    /// <param name="unit">What is assigned as one.</param>
    public static Guid Of(Guid member, Guid? account, RandomizationUnit unit) =>
        unit == RandomizationUnit.Account ? account ?? member : member;
}
