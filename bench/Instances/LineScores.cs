namespace Noah.Bench.Instances;

/// <summary>What a send is held to be worth, in money net of its cost, for each member and line; [members × lines], row-major.</summary>
/// <param name="Propensity">Price times the probability that a member who is sent to buys: those who would buy anyway included.</param>
/// <param name="Incremental">Price times what the send adds to that probability.</param>
internal sealed record LineScores(double[] Propensity, double[] Incremental)
{
    /// <param name="sent">Probability of buying a line when it is sent; [members × lines].</param>
    /// <param name="unsent">The same without the send.</param>
    public static LineScores Of(double[] sent, double[] unsent) => new(
        Net(sent, (cell, price) => price * sent[cell]), Net(sent, (cell, price) => price * (sent[cell] - unsent[cell])));

    private static double[] Net(double[] cells, Func<int, double, double> gross) =>
        [.. cells.Select((_, cell) => gross(cell, ProductLine.All[cell % ProductLine.Count].Price) - ProductLine.CostPerSend)];
}
