using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>
/// Whom contacts are counted against: the member, or its account when accounts are planned for. The holdout is of accounts in either case,
/// as what a colleague is sent would reach a held-out member, too.
/// </summary>
internal sealed class ContactUnits
{
    private readonly IMemberAccounts _accounts;
    private readonly bool _perAccount;
    private readonly IReadOnlyDictionary<Guid, Guid> _accountOf;

    private ContactUnits(IMemberAccounts accounts, bool perAccount, IReadOnlyDictionary<Guid, Guid> accountOf) =>
        (_accounts, _perAccount, _accountOf) = (accounts, perAccount, accountOf);

    public static async Task<ContactUnits> ReadAsync(
        IMemberAccounts accounts, bool perAccount, IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken) =>
        new(accounts, perAccount, await accounts.ReadAsync(memberIds, cancellationToken));

    /// <summary>False for a member without an account when accounts are planned for.</summary>
    public bool Knows(Guid member) => !_perAccount || _accountOf.ContainsKey(member);

    public Guid Of(Guid member) => _perAccount ? Holdout(member) : member;

    public Guid Holdout(Guid member) => _accountOf.GetValueOrDefault(member, member);

    /// <summary>The units of any members, also of such as are in no audience.</summary>
    public async Task<HashSet<Guid>> UnitsOfAsync(IReadOnlyCollection<Guid> members, CancellationToken cancellationToken)
    {
        var accountOf = await AccountsAsync(members, cancellationToken);
        return [.. members.Select(member => accountOf.GetValueOrDefault(member, member))];
    }

    public async Task<IReadOnlyDictionary<Guid, int>> SumAsync(IReadOnlyDictionary<Guid, int> perMember, CancellationToken cancellationToken)
    {
        var accountOf = await AccountsAsync([.. perMember.Keys], cancellationToken);
        return perMember.GroupBy(pair => accountOf.GetValueOrDefault(pair.Key, pair.Key)).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
    }

    private async Task<IReadOnlyDictionary<Guid, Guid>> AccountsAsync(IReadOnlyCollection<Guid> members, CancellationToken cancellationToken) =>
        _perAccount && members.Count > 0 ? await _accounts.ReadAsync(members, cancellationToken) : new Dictionary<Guid, Guid>();
}
