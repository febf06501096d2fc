namespace Noah.Bench.Instances;

/// <summary>What a treatment does to buyers.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Rate">Factor of the share that buys.</param>
/// <param name="Amount">Factor of the amounts.</param>
internal sealed record SizeEffect(string Name, double Rate, double Amount)
{
    public static SizeEffect None { get; } = new("none", 1, 1);

    /// <summary>One good and three harmful ones; the last two win more buyers and lose money on them, where tests of ranks see a winner.</summary>
    public static IReadOnlyList<SizeEffect> Some { get; } =
    [
        new("20 % more buyers", 1.2, 1), new("10 % fewer buyers", 0.9, 1), new("25 % more buyers, amounts 30 % down", 1.25, 0.7),
        new("10 % more buyers, amounts 10 % down", 1.1, 0.9),
    ];

    public bool Harmful => Rate * Amount < 1;
}
