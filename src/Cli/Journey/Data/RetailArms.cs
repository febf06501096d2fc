using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Data;

/// <summary>Names of the arms in files and requests.</summary>
internal static class RetailArms
{
    public static readonly IReadOnlyList<string> All = ["none", "mens-email", "womens-email"];

    public static string Name(CampaignArm arm) => All[(int)arm];
}
