using System.Text.Json;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Members;

internal sealed class MemberTables(NoahDbContext db, IMemberSchema schema, ITenantSettings settings) : IMemberTables
{
    public Task<MemberTable> ReadAsync(IReadOnlyCollection<Guid>? memberIds, CancellationToken cancellationToken) => memberIds is null
        ? ReadAsync("", null, cancellationToken)
        : ReadAsync(" WHERE id = ANY ($1)", memberIds.ToArray(), cancellationToken);

    public Task<MemberTable> SampleAsync(int most, CancellationToken cancellationToken) =>
        ReadAsync(" WHERE id IN (SELECT id FROM members ORDER BY uuid_hash_extended(id, 0) LIMIT $1)", most, cancellationToken);

    private async Task<MemberTable> ReadAsync(string filter, object? parameter, CancellationToken cancellationToken)
    {
        var tenant = await settings.GetAsync(cancellationToken);
        var specs = await schema.ReadAsync(cancellationToken);
        var builders = specs.Values.Where(s => !s.Personal).Select(s => new ColumnBuilder(s)).ToArray();
        var ids = new List<Guid>();
        var zones = new List<string>();
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT id, time_zone, attributes FROM members{filter} ORDER BY id", connection);
        if (parameter is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
            zones.Add(reader.IsDBNull(1) ? tenant.TimeZone : reader.GetString(1));
            using var attributes = JsonDocument.Parse(reader.GetFieldValue<byte[]>(2));
            foreach (var builder in builders)
            {
                builder.Add(attributes.RootElement);
            }
        }

        return new MemberTable([.. ids], [.. zones], [.. builders.Select(b => b.Build())]);
    }

    private sealed class ColumnBuilder(AttributeSpec attribute)
    {
        private readonly List<float>? _numbers = attribute.Type is AttributeType.Number or AttributeType.Date ? [] : null;
        private readonly List<string?>? _texts = attribute.Type is AttributeType.Text or AttributeType.Boolean ? [] : null;

        public void Add(JsonElement attributes)
        {
            var present = attributes.TryGetProperty(attribute.Name, out var value);
            _numbers?.Add(present ? Number(value) : float.NaN);
            _texts?.Add(present ? Text(value) : null);
        }

        public MemberColumn Build() => new(attribute.Name, attribute.Type, _numbers?.ToArray(), _texts?.ToArray());

        private static float Number(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Number => value.GetSingle(),
            JsonValueKind.String when AttributeValues.TryDate(value.GetString()!, out var days) => days,
            _ => float.NaN,
        };

        private static string? Text(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
    }
}
