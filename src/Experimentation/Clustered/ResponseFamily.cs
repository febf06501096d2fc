namespace Noah.Experimentation.Clustered;

/// <summary>Law of the outcome, with its canonical link.</summary>
public enum ResponseFamily
{
    /// <summary>Any number; identity link, constant variance.</summary>
    Gaussian,

    /// <summary>A share in [0, 1], mostly 0 or 1; logit link, variance μ (1 − μ).</summary>
    Binomial,

    /// <summary>A count or amount of at least 0; log link, variance μ. Amounts need no whole numbers.</summary>
    Poisson,
}
