namespace Noah.Api.Features.Planning.Stages;

/// <summary>What is decided for, each with its members: a member by itself, or an account with all its eligible members. In the order of their ids.</summary>
internal sealed class PlanUnits
{
    private readonly Guid[] _ids;
    private readonly int[] _members;
    private readonly int[] _start;

    private PlanUnits(Guid[] ids, int[] members, int[] start) => (_ids, _members, _start) = (ids, members, start);

    public int Count => _ids.Length;

    public static PlanUnits Of(EligibilityOutput eligible)
    {
        var order = Enumerable.Range(0, eligible.MemberIds.Length).ToArray();
        if (eligible.AccountIds is null)
        {
            return new PlanUnits(eligible.MemberIds, order, [.. order, order.Length]);
        }

        // Stable, so that the members of an account stay in the order of their ids.
        var members = order.OrderBy(eligible.UnitOf).ToArray();
        var (ids, start) = (new List<Guid>(), new List<int>());
        for (var at = 0; at < members.Length; at++)
        {
            if (at == 0 || eligible.UnitOf(members[at]) != eligible.UnitOf(members[at - 1]))
            {
                ids.Add(eligible.UnitOf(members[at]));
                start.Add(at);
            }
        }

        return new PlanUnits([.. ids], members, [.. start, members.Length]);
    }

    public Guid IdOf(int unit) => _ids[unit];

    /// <summary>Indices of the unit's members.</summary>
    public ReadOnlySpan<int> MembersOf(int unit) => _members.AsSpan(_start[unit].._start[unit + 1]);
}
