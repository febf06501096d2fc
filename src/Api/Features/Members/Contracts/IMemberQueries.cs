namespace Noah.Api.Features.Members.Contracts;

/// <summary>Members that meet a condition made of <see cref="MemberConditions"/> and its like in other features.</summary>
internal interface IMemberQueries
{
    /// <summary>Their ids, ascending.</summary>
    Task<IReadOnlyList<Guid>> ListAsync(string condition, SqlParameters parameters, CancellationToken cancellationToken);

    /// <summary>How many they are, and of how many.</summary>
    Task<(long Count, long Total)> CountAsync(string condition, SqlParameters parameters, CancellationToken cancellationToken);
}
