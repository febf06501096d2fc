using Noah.Simulation.Draws;

namespace Noah.Simulation.Retail;

/// <summary>
/// Plays the recipients: what a member does after a mail of an arm and content variant that arrives at a local hour. Over an hour of average
/// attention and variant 0, a delivered mail has exactly the visit and purchase probabilities of <see cref="RetailerTruth"/>.
/// </summary>
public sealed class MailResponseModel
{
    /// <summary>Number of content variants: 0 is plain, 1 suits new customers, 2 suits buyers of both departments.</summary>
    public const int Variants = 3;

    private const double BadAddressShare = 0.005;
    private const double TransientBounce = 0.003;

    private readonly RetailerTruth _truth;

    /// <summary>A model of the recipients of <paramref name="truth"/>.</summary>
    /// <param name="truth">Truth of a simulated retailer, or one assumed for a file's customers.</param>
    /// <exception cref="ArgumentNullException"><paramref name="truth"/> is null.</exception>
    public MailResponseModel(RetailerTruth truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        _truth = truth;
    }

    /// <summary>Probabilities of what follows a decision.</summary>
    /// <param name="member">Member index in [0, number of members).</param>
    /// <param name="arm">Which mail, or none.</param>
    /// <param name="variant">Content variant in [0, <see cref="Variants"/>); without effect when no mail is sent.</param>
    /// <param name="localHour">Hour of the member's local day at arrival, in [0, 23].</param>
    /// <returns>The probabilities, not conditional on delivery.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public MailResponseProbabilities Probabilities(int member, CampaignArm arm, int variant, int localHour)
    {
        var chain = Chain(member, arm, variant, localHour);
        var delivered = 1 - chain.Bounce;
        var organicPurchase = chain.OrganicVisit * _truth.PurchaseGivenVisit(member, CampaignArm.None);
        return new MailResponseProbabilities(
            Bounce: chain.Bounce,
            Open: delivered * chain.Open,
            Click: delivered * chain.Click,
            Visit: delivered * chain.Visit + chain.Bounce * chain.OrganicVisit,
            Purchase: delivered * chain.Visit * _truth.PurchaseGivenVisit(member, arm) + chain.Bounce * organicPurchase,
            Unsubscribe: delivered * chain.Unsubscribe);
    }

    /// <summary>Draws what follows a decision; the same arguments give the same response.</summary>
    /// <param name="member">Member index in [0, number of members).</param>
    /// <param name="arm">Which mail, or none.</param>
    /// <param name="variant">Content variant in [0, <see cref="Variants"/>).</param>
    /// <param name="localHour">Hour of the member's local day at arrival, in [0, 23].</param>
    /// <param name="occasion">Key of this sending: another occasion gives an independent draw.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public MailResponse Draw(int member, CampaignArm arm, int variant, int localHour, ulong occasion)
    {
        var chain = Chain(member, arm, variant, localHour);
        var draws = new RandomStream(_truth.Seed, StreamPurpose.Response, member, occasion);
        var bounced = draws.NextBernoulli(chain.Bounce);
        if (bounced)
        {
            arm = CampaignArm.None;
        }

        TimeSpan? opened = null, clicked = null, unsubscribed = null;
        if (arm != CampaignArm.None && draws.NextBernoulli(chain.Open))
        {
            opened = TimeSpan.FromSeconds(Math.Round(20 + draws.NextExponential(2 * 3_600)));
            if (draws.NextBernoulli(chain.Click / chain.Open))
            {
                clicked = opened + TimeSpan.FromSeconds(5 + draws.NextIndex(120));
            }

            if (draws.NextBernoulli(chain.Unsubscribe / chain.Open))
            {
                unsubscribed = opened + TimeSpan.FromSeconds(130 + draws.NextIndex(300));
            }
        }

        var visited = clicked;
        var otherwise = arm == CampaignArm.None ? chain.OrganicVisit : (chain.Visit - chain.Click) / (1 - chain.Click);
        if (visited is null && draws.NextBernoulli(otherwise))
        {
            visited = TimeSpan.FromSeconds(Math.Round(Math.Min(600 + draws.NextExponential(2 * 86_400), 13 * 86_400)));
        }

        TimeSpan? purchased = null;
        var spend = 0.0;
        if (visited is not null && draws.NextBernoulli(_truth.PurchaseGivenVisit(member, arm)))
        {
            purchased = visited + TimeSpan.FromSeconds(60 + draws.NextIndex(1_200));
            spend = _truth.DrawAmount(member, ref draws);
        }
        return new MailResponse(bounced, opened, clicked, visited, purchased, spend, unsubscribed);
    }

    private DeliveredChain Chain(int member, CampaignArm arm, int variant, int localHour)
    {
        RetailerTruth.CheckArm(arm);
        if (variant is < 0 or >= Variants)
        {
            throw new ArgumentOutOfRangeException(nameof(variant), variant, $"The variant must be in [0, {Variants}).");
        }

        var attention = _truth.HourFactor(member, localHour);
        var organic = _truth.VisitProbability(member, CampaignArm.None);
        if (arm == CampaignArm.None)
        {
            return new DeliveredChain(0, 0, 0, organic, organic, 0);
        }

        var appeal = Appeal(member, variant);
        var open = RetailerTruth.Logistic(_truth.OpenLogOdds(member) + Math.Log(0.3 + 0.7 * attention) + appeal);
        var visit = _truth.VisitProbability(member, arm, liftFactor: (0.4 + 0.6 * attention) * (1 + 0.4 * appeal));
        // Nine tenths of what the mail adds comes by a click; the rest remembers the mail and comes by itself.
        var click = Math.Min(0.9 * Math.Max(visit - organic, 0) + 0.02 * Math.Min(organic, visit), 0.9 * open);
        var unsubscribe = Math.Min(_truth.HasAffinity(member, arm) ? 0.0015 : 0.0055, 0.5 * open);
        var badAddress = new RandomStream(_truth.Seed, StreamPurpose.Address, member).NextBernoulli(BadAddressShare);
        return new DeliveredChain(badAddress ? 1 : TransientBounce, open, click, visit, organic, unsubscribe);
    }

    private double Appeal(int member, int variant) => variant switch
    {
        1 => _truth.Customers[member].Newbie ? 0.25 : -0.10,
        2 => _truth.Customers[member] is { Mens: true, Womens: true } ? 0.30 : 0.05,
        _ => 0,
    };

    private readonly record struct DeliveredChain(
        double Bounce, double Open, double Click, double Visit, double OrganicVisit, double Unsubscribe);
}
