using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Members;

internal sealed class MemberQueries(NoahDbContext db) : IMemberQueries
{
    public async Task<IReadOnlyList<Guid>> ListAsync(string condition, SqlParameters parameters, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await using var reader = await QueryAsync($"SELECT m.id FROM members m WHERE {condition} ORDER BY m.id", parameters, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    public async Task<(long Count, long Total)> CountAsync(string condition, SqlParameters parameters, CancellationToken cancellationToken)
    {
        await using var reader = await QueryAsync($"SELECT count(*) FILTER (WHERE {condition}), count(*) FROM members m", parameters, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task<NpgsqlDataReader> QueryAsync(string sql, SqlParameters parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, await db.OpenConnectionAsync(cancellationToken));
        command.Parameters.AddRange(parameters.All.ToArray());
        return await command.ExecuteReaderAsync(cancellationToken);
    }
}
