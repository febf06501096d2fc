namespace Noah.Simulation.Retail;

/// <summary>
/// Probabilities of what follows one decision for one member, each in [0, 1] and each over all that can happen (a bounced mail can still
/// be followed by a visit). With <see cref="CampaignArm.None"/> the mail's own four are 0.
/// </summary>
/// <param name="Bounce">The mail is refused.</param>
/// <param name="Open">The mail is opened.</param>
/// <param name="Click">A link is followed; needs an open, gives a visit.</param>
/// <param name="Visit">The shop is visited in the window, by the mail or otherwise.</param>
/// <param name="Purchase">Something is bought; needs a visit.</param>
/// <param name="Unsubscribe">The member leaves the list; needs an open.</param>
public readonly record struct MailResponseProbabilities(
    double Bounce, double Open, double Click, double Visit, double Purchase, double Unsubscribe);
