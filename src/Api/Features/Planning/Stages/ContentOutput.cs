namespace Noah.Api.Features.Planning.Stages;

/// <summary>Which wording each send carries.</summary>
/// <param name="Variants">All wordings of the campaigns, with what is known of them.</param>
/// <param name="Chosen">Index into <paramref name="Variants"/>, or −1 where nothing is mailed; one a sender.</param>
/// <param name="Propensities">Probability of that wording, one a sender.</param>
internal sealed record ContentOutput(VariantFigures[] Variants, int[] Chosen, double[] Propensities)
{
    /// <summary>A paid channel shows its own advertisement.</summary>
    public const int NoVariant = -1;
}

/// <summary>A wording: sends so far, clicks among them, the probability that it is the best, and the share of sends it is drawn for.</summary>
internal sealed record VariantFigures(Guid VariantId, int Campaign, string Name, int Trials, int Clicks, double BestProbability, double Propensity);
