namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>A way of deciding: the probability of each arm for each member, [members × arms] row-major, the control (no send) first.</summary>
internal sealed record TargetPolicy(string Name, string Description, double[] Probabilities, int Arms)
{
    public const string Plan = "plan";
    public const string Nobody = "nobody";
    public const string RandomAtEqualVolume = "randomAtEqualVolume";

    public double MailsPerMember
    {
        get
        {
            var (members, silent) = (Probabilities.Length / Arms, 0.0);
            for (var m = 0; m < members; m++)
            {
                silent += Probabilities[m * Arms];
            }

            return members == 0 ? 0 : 1 - (silent / members);
        }
    }
}
