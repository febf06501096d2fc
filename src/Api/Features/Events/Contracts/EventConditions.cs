using Noah.Api.Features.Members.Contracts;
using NpgsqlTypes;

namespace Noah.Api.Features.Events.Contracts;

/// <summary>Conditions on what a member did, as SQL over the alias <c>m</c> of members.</summary>
internal static class EventConditions
{
    /// <summary>At least so many events of the type since the instant; one alone is looked for without counting the others.</summary>
    public static string AtLeast(SqlParameters parameters, string type, int count, DateTimeOffset? since)
    {
        var from = since is { } instant ? $"AND e.occurred_at >= {parameters.Add(NpgsqlDbType.TimestampTz, instant.UtcDateTime)}" : "";
        var events = $"SELECT e.member_id FROM events e WHERE e.type = {parameters.Add(NpgsqlDbType.Text, type)} {from}";
        return count == 1
            ? $"m.id IN ({events})"
            : $"m.id IN ({events} GROUP BY e.member_id HAVING count(*) >= {parameters.Add(NpgsqlDbType.Integer, count)})";
    }
}
