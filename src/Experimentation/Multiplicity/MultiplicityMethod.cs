namespace Noah.Experimentation.Multiplicity;

/// <summary>What is kept small over a family.</summary>
public enum MultiplicityMethod
{
    /// <summary>The probability of any false finding, under any dependence; intervals by Bonferroni. For metrics that decide.</summary>
    Holm,

    /// <summary>The share of false findings, for independent or positively dependent tests. For metrics that explain.</summary>
    BenjaminiHochberg,

    /// <summary>The share of false findings, under any dependence.</summary>
    BenjaminiYekutieli,
}
