namespace Noah.Cli.Journey.Chapters;

/// <summary>What the simulated recipients of a campaign did, in members.</summary>
internal sealed class RecipientCounts
{
    public int Opened { get; set; }

    public int Clicked { get; set; }

    public int Visited { get; set; }

    public int Bought { get; set; }

    public int Unsubscribed { get; set; }
}
