namespace Noah.Bench.Instances;

/// <summary>One business line of the legacy comparison, with the prices and volume bounds of noah.md §8.</summary>
/// <param name="Name">Name.</param>
/// <param name="Price">What a conversion brings, in money.</param>
/// <param name="Least">Least volume as a share of the members.</param>
/// <param name="Most">Greatest volume as a share of the members.</param>
internal sealed record ProductLine(string Name, double Price, double Least, double Most)
{
    public const double CostPerSend = 0.1;

    public static readonly IReadOnlyList<ProductLine> All =
        [new("A", 5, 0.05, 0.10), new("B", 10, 0.05, 0.30), new("C", 10, 0.05, 0.30), new("D", 200, 0.30, 0.50)];

    public static int Count => All.Count;
}
