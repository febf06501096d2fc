namespace Noah.Simulation.Retail;

/// <summary>Arm of the past campaign, and the choice a plan has for a member: no mail, or one of two mails.</summary>
public enum CampaignArm
{
    /// <summary>No mail.</summary>
    None = 0,

    /// <summary>The mail about the mens department.</summary>
    MensEmail = 1,

    /// <summary>The mail about the womens department.</summary>
    WomensEmail = 2,
}
