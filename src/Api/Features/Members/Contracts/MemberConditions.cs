using NpgsqlTypes;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>How an attribute is compared. A member without the attribute meets no comparison, <see cref="NotEqual"/> included.</summary>
internal enum AttributeComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,

    /// <summary>A set of names has this one.</summary>
    Has,
    Exists,
}

/// <summary>
/// Conditions on members as SQL over the alias <c>m</c>. Each is true or false for every member, never unknown, so that they combine
/// by AND, OR and NOT as sets do.
/// </summary>
internal static class MemberConditions
{
    /// <summary>Compares an attribute. The value is JSON; for <see cref="AttributeComparison.In"/> several; none for <see cref="AttributeComparison.Exists"/>.</summary>
    public static string Attribute(SqlParameters parameters, string name, AttributeComparison comparison, params string[] values)
    {
        var key = parameters.Add(NpgsqlDbType.Text, name);
        if (comparison == AttributeComparison.Exists)
        {
            return $"jsonb_exists(m.attributes, {key})";
        }

        var condition = comparison switch
        {
            AttributeComparison.In => $"m.attributes -> {key} = ANY ({parameters.Add(NpgsqlDbType.Array | NpgsqlDbType.Jsonb, values)})",
            AttributeComparison.Contains =>
                $"strpos(lower(m.attributes ->> {key}), lower({parameters.Add(NpgsqlDbType.Jsonb, values[0])} #>> '{{}}')) > 0",
            AttributeComparison.Has => $"m.attributes -> {key} @> {parameters.Add(NpgsqlDbType.Jsonb, values[0])}",
            _ => $"m.attributes -> {key} {Operator(comparison)} {parameters.Add(NpgsqlDbType.Jsonb, values[0])}",
        };
        return $"coalesce({condition}, false)";
    }

    /// <summary>The latest word on the channel and topic is a grant. Suppressions are not looked at: they bar addresses, not members.</summary>
    public static string Consent(SqlParameters parameters, string channel, string topic) =>
        $"""
        m.id IN (
            SELECT latest.member_id FROM (
                SELECT DISTINCT ON (c.member_id) c.member_id, c.state FROM consents c
                WHERE c.channel = {parameters.Add(NpgsqlDbType.Text, channel)} AND c.topic = {parameters.Add(NpgsqlDbType.Text, topic)}
                ORDER BY c.member_id, c.occurred_at DESC, c.state DESC, c.id DESC) latest
            WHERE latest.state = 'Granted')
        """;

    // Stored values of one attribute have one JSON type, and jsonb orders values of one type as the type does.
    private static string Operator(AttributeComparison comparison) => comparison switch
    {
        AttributeComparison.Equal => "=",
        AttributeComparison.NotEqual => "<>",
        AttributeComparison.Less => "<",
        AttributeComparison.LessOrEqual => "<=",
        AttributeComparison.Greater => ">",
        _ => ">=",
    };
}
