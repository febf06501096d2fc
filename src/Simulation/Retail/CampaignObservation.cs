namespace Noah.Simulation.Retail;

/// <summary>One member of the past randomised campaign with the outcome of the weeks after it.</summary>
/// <param name="Member">Index into <see cref="RetailerWorld.Members"/>.</param>
/// <param name="Arm">The arm drawn for the member, each with probability 1/3, independent of everything else.</param>
/// <param name="ExposedAt">Instant of the mailing in UTC; for <see cref="CampaignArm.None"/> the instant of the assignment.</param>
/// <param name="VisitedAt">First visit in the outcome window, or null.</param>
/// <param name="PurchasedAt">Purchase in the outcome window, after the visit, or null.</param>
/// <param name="Spend">Amount of the purchase in whole cents of the retailer's currency; 0 without a purchase.</param>
public readonly record struct CampaignObservation(
    int Member,
    CampaignArm Arm,
    DateTimeOffset ExposedAt,
    DateTimeOffset? VisitedAt,
    DateTimeOffset? PurchasedAt,
    double Spend);
