namespace Noah.Api.Features.Planning.Stages;

/// <summary>Pours members through the steps of eligibility and counts who is left, per campaign and over all.</summary>
internal sealed class Waterfall(HashSet<Guid>[] audiences, IReadOnlyDictionary<Guid, string>[] blocked)
{
    private const int Steps = 5;

    private readonly int[] _total = new int[Steps];
    private readonly int[,] _perCampaign = new int[audiences.Length, Steps];
    private readonly SortedDictionary<string, int> _blocked = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int>[] _blockedPerCampaign =
        [.. audiences.Select(_ => new SortedDictionary<string, int>(StringComparer.Ordinal))];

    /// <summary>Campaigns left to each member poured, in their order.</summary>
    public List<uint> Masks { get; } = [];

    public EligibilityCounts Total => Counts(step => _total[step], _blocked);

    public EligibilityCounts[] PerCampaign =>
        [.. Enumerable.Range(0, audiences.Length).Select(c => Counts(step => _perCampaign[c, step], _blockedPerCampaign[c]))];

    /// <param name="member">Whom to pour.</param>
    /// <param name="known">False when accounts are planned for and it has none.</param>
    /// <param name="uncapped">The campaigns that the cap leaves, one bit each.</param>
    /// <param name="heldOut">Whether it is in the holdout.</param>
    public void Pour(Guid member, bool known, uint uncapped, bool heldOut)
    {
        var (inAudience, permitted, reason) = (0u, 0u, (string?)null);
        for (var c = 0; c < audiences.Length; c++)
        {
            if (!audiences[c].Contains(member))
            {
                continue;
            }

            inAudience |= 1u << c;
            if (known && blocked[c].TryGetValue(member, out var why))
            {
                reason ??= why;
                Raise(_blockedPerCampaign[c], why);
            }
            else
            {
                permitted |= 1u << c;
            }
        }

        if (inAudience != 0 && permitted == 0 && known)
        {
            Raise(_blocked, reason!);
        }

        permitted = known ? permitted : 0;
        var afterCap = permitted & uncapped;
        var left = heldOut ? 0 : afterCap;
        uint[] steps = [inAudience, known ? inAudience : 0, permitted, afterCap, left];
        for (var step = 0; step < Steps; step++)
        {
            _total[step] += steps[step] != 0 ? 1 : 0;
            for (var c = 0; c < audiences.Length; c++)
            {
                _perCampaign[c, step] += (int)(steps[step] >> c & 1);
            }
        }

        Masks.Add(left);
    }

    private static void Raise(SortedDictionary<string, int> counts, string reason) => counts[reason] = counts.GetValueOrDefault(reason) + 1;

    private static EligibilityCounts Counts(Func<int, int> left, SortedDictionary<string, int> blocked) => new(left(0), left(2), left(3), left(4), blocked, left(1));
}
