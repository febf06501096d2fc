namespace Noah.Bench.Instances;

/// <summary>What each campaign would get if every member took the best that caps allow, without any coupling row.</summary>
/// <param name="campaigns">Number of campaigns.</param>
internal sealed class Demand(int campaigns)
{
    public double[] Cost { get; } = new double[campaigns];

    public double[] Mails { get; } = new double[campaigns];

    public void Add(Demand other)
    {
        for (var campaign = 0; campaign < Cost.Length; campaign++)
        {
            Cost[campaign] += other.Cost[campaign];
            Mails[campaign] += other.Mails[campaign];
        }
    }
}
