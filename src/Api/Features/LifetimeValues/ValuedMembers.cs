using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Customers by what they will bring, the best first; or one of them.</summary>
internal static class ValuedMembers
{
    private const string MemberPrefix = "mem";

    // The page of one horizon first, then all horizons of its members.
    private const string Select =
        """
        WITH page AS (
            SELECT s.member_id, s.mean, m.external_id FROM lifetime_value_scores s JOIN members m ON m.id = s.member_id
            WHERE s.lifetime_value_id = $1 AND s.horizon_days = $2
                AND ($3::float8 IS NULL OR s.mean < $3 OR (s.mean = $3 AND s.member_id > $4))
                AND ($5::uuid IS NULL OR s.member_id = $5)
                AND ($6::text IS NULL OR m.external_id = $6)
            ORDER BY s.mean DESC, s.member_id LIMIT $7)
        SELECT page.member_id, page.external_id, page.mean, s.horizon_days, s.mean, s.p10, s.p50, s.p90, s.buys, s.alive
        FROM page JOIN lifetime_value_scores s ON s.member_id = page.member_id AND s.lifetime_value_id = $1
        ORDER BY page.mean DESC, page.member_id, s.horizon_days
        """;

    /// <param name="Member">Resource name.</param>
    /// <param name="ExternalId">The tenant's own id.</param>
    /// <param name="AsOfTime">The values look ahead from here.</param>
    /// <param name="Currency">Of the values.</param>
    /// <param name="Horizons">By rising length.</param>
    /// <param name="ProbabilityAlive">That the customer has not left for good; missing without a model of purchases.</param>
    internal sealed record View(
        string Member, string ExternalId, DateTimeOffset AsOfTime, string Currency, IReadOnlyList<Horizon> Horizons, double? ProbabilityAlive = null);

    /// <param name="Days">Its length.</param>
    /// <param name="Mean">
    /// Expected discounted contribution: the mean over all that may happen, no purchase at all and rare large ones included. What many such customers
    /// bring by head. It can lie above p90, where few bring nearly all.
    /// </param>
    /// <param name="P10">With probability 0.1 this customer brings no more than this; 0 where no purchase is at least as likely.</param>
    /// <param name="P50">The same for one half.</param>
    /// <param name="P90">The same for 0.9: one customer in ten like this one brings more, and may bring much more.</param>
    /// <param name="ProbabilityOfPurchase">That this customer brings anything within the horizon.</param>
    /// <param name="Extrapolated">Longer than the log allows to check.</param>
    /// <param name="MeanIfPurchase">The mean of the cases with a purchase: mean / probabilityOfPurchase; absent where that is 0.</param>
    internal sealed record Horizon(int Days, double Mean, double P10, double P50, double P90, double ProbabilityOfPurchase, bool Extrapolated, double? MeanIfPurchase = null);

    /// <param name="id">The lifetime value.</param>
    /// <param name="page">Size and token.</param>
    /// <param name="horizonDays">The horizon to order by; by default the longest.</param>
    /// <param name="externalId">Only this member.</param>
    /// <param name="db">Database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static async Task<Results<Ok<Page<View>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, int? horizonDays, string? externalId, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is not { } value)
        {
            return Problems.NotFound($"lifetimeValues/{id}");
        }

        if (await ReadLifetimeValues.VersionAsync(db, value, cancellationToken) is not { } version || value.ScoredAsOf is null)
        {
            return Problems.Result(ProblemType.NotReady, $"{value.ResourceName} is not trained yet.");
        }

        var days = version.ReadCard().ScoredDays.ToArray();
        var check = new RequestCheck().Require(
            horizonDays is not { } asked || days.Contains(asked), "/horizonDays", "unknownValue", $"horizonDays must be one of {string.Join(", ", days)}.", days);
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var rows = await ReadAsync(db, value, version, horizonDays ?? days[^1], Parse(page.PageToken), null, externalId, page.Size + 1, cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<View>([.. shown.Select(row => row.View)], rows.Count > page.Size ? Token(shown[^1]) : ""));
    }

    internal static async Task<Results<Ok<View>, ProblemHttpResult>> GetAsync(
        string id, string memberId, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is { ScoredAsOf: not null } value
            && await ReadLifetimeValues.VersionAsync(db, value, cancellationToken) is { } version
            && PublicId.TryParse(MemberPrefix, memberId, out var member)
            && await ReadAsync(db, value, version, version.ReadCard().ScoredDays[0], null, member, null, 1, cancellationToken) is [var row])
        {
            return TypedResults.Ok(row.View);
        }

        return Problems.NotFound($"lifetimeValues/{id}/members/{memberId}");
    }

    private static async Task<List<(Guid Member, double Mean, View View)>> ReadAsync(
        NoahDbContext db, LifetimeValue value, LifetimeValueVersion version, int days, (double Mean, Guid Member)? after, Guid? member, string? externalId,
        int size, CancellationToken cancellationToken)
    {
        var card = version.ReadCard();
        var later = card.Horizons.Where(horizon => horizon.Extrapolated).Select(horizon => horizon.Days).ToHashSet();
        await using var command = new NpgsqlCommand(Select, await db.OpenConnectionAsync(cancellationToken));
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = value.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = days });
        command.Parameters.Add(new NpgsqlParameter<double?> { TypedValue = after?.Mean });
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = after?.Member });
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = member });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = externalId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = size });
        var found = new List<(Guid, double, View)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Horizon> horizons = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            if (found.Count == 0 || found[^1].Item1 != reader.GetGuid(0))
            {
                horizons = [];
                found.Add((reader.GetGuid(0), reader.GetDouble(2), new View(
                    $"members/{PublicId.Format(MemberPrefix, reader.GetGuid(0))}", reader.GetString(1), value.ScoredAsOf!.Value, card.Data.Currency, horizons,
                    reader.IsDBNull(9) ? null : reader.GetDouble(9))));
            }

            horizons.Add(new Horizon(
                reader.GetInt32(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetDouble(6), reader.GetDouble(7), reader.GetDouble(8),
                later.Contains(reader.GetInt32(3)), reader.GetDouble(8) > 0 ? reader.GetDouble(4) / reader.GetDouble(8) : null));
        }

        return found;
    }

    private static string Token((Guid Member, double Mean, View View) last) =>
        $"{last.Mean.ToString("R", CultureInfo.InvariantCulture)}~{PublicId.Format(MemberPrefix, last.Member)}";

    private static (double Mean, Guid Member)? Parse(string? token) =>
        token?.Split('~') is [var mean, var member] && double.TryParse(mean, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
        && PublicId.TryParse(MemberPrefix, member, out var id)
            ? (read, id)
            : null;
}
