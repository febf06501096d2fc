namespace Noah.Heuristics.SendTime;

/// <summary>Settings of <see cref="SendHourModel"/>.</summary>
/// <param name="PriorStrength">
/// Pseudo-observations with which the population's histogram weighs in each member's, ≥ 0; default 10: a member's own hours outweigh it
/// from the eleventh on.
/// </param>
/// <param name="ControlShare">Share of members sent at <paramref name="BaselineHour"/> whatever the model says, in [0, 1]; default 0.10,
/// so that its worth can be measured.</param>
/// <param name="BaselineHour">Local hour of the control, 0 to 23; default 10.</param>
/// <param name="Sharpness">
/// Power to which an hour's share is raised before drawing, ≥ 0; default 4: an hour that is twice as likely is drawn 16 times as often,
/// yet every allowed hour keeps a positive probability. 1 draws in proportion, 0 evenly. A choice of ours, not from the paper.
/// </param>
public sealed record SendHourOptions(double PriorStrength = 10, double ControlShare = 0.10, int BaselineHour = 10, double Sharpness = 4)
{
    internal void Validate()
    {
        AtLeastZero(PriorStrength, nameof(PriorStrength));
        AtLeastZero(Sharpness, nameof(Sharpness));
        if (!(ControlShare >= 0 && ControlShare <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ControlShare), ControlShare, "The control share must lie in [0, 1].");
        }

        if (BaselineHour is < 0 or > 23)
        {
            throw new ArgumentOutOfRangeException(nameof(BaselineHour), BaselineHour, "The baseline hour must lie in [0, 23].");
        }
    }

    private static void AtLeastZero(double value, string parameter)
    {
        if (!(double.IsFinite(value) && value >= 0))
        {
            throw new ArgumentOutOfRangeException(parameter, value, "Must be finite and at least 0.");
        }
    }
}
