using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Http;
using NpgsqlTypes;

namespace Noah.Api.Features.LifetimeValues.Contracts;

/// <summary>
/// Conditions on lifetime value as SQL over the alias <c>m</c> of members. They read the scores of now, and so do not become attributes, from
/// which a model of a past campaign would learn the future.
/// </summary>
internal static class LifetimeConditions
{
    /// <summary>How the resource is named.</summary>
    public static readonly ResourceKind Kind = new("lifetimeValues", "ltv");

    /// <summary>Expected to bring at least so much.</summary>
    public static string AtLeast(SqlParameters parameters, Guid lifetimeValueId, int horizonDays, double value) =>
        $"m.id IN ({Of(parameters, lifetimeValueId, horizonDays)} AND s.mean >= {parameters.Add(NpgsqlDbType.Double, value)})";

    /// <summary>Among the share of customers expected to bring most; ties go to the lower id.</summary>
    public static string Top(SqlParameters parameters, Guid lifetimeValueId, int horizonDays, double share)
    {
        var of = Of(parameters, lifetimeValueId, horizonDays);
        var most = $"SELECT ceil({parameters.Add(NpgsqlDbType.Double, share)} * count(*))::bigint FROM ({of}) AS customers";
        return $"m.id IN ({of} ORDER BY s.mean DESC, s.member_id LIMIT ({most}))";
    }

    private static string Of(SqlParameters parameters, Guid lifetimeValueId, int horizonDays) =>
        $"""
        SELECT s.member_id FROM lifetime_value_scores s
        WHERE s.lifetime_value_id = {parameters.Add(NpgsqlDbType.Uuid, lifetimeValueId)}
            AND s.horizon_days = {parameters.Add(NpgsqlDbType.Integer, horizonDays)}
        """;
}
