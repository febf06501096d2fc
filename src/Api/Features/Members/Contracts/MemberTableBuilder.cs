using System.Text.Json;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>Members as they are read, one by one, on their way to columns.</summary>
/// <param name="attributes">The declared attributes; personal ones are left out.</param>
/// <param name="timeZone">Of members that have none of their own.</param>
internal sealed class MemberTableBuilder(IEnumerable<AttributeSpec> attributes, string timeZone)
{
    private readonly ColumnBuilder[] _columns = [.. attributes.Where(attribute => !attribute.Personal).Select(attribute => new ColumnBuilder(attribute))];
    private readonly List<Guid> _ids = [];
    private readonly List<string> _zones = [];

    /// <param name="id">Above those before.</param>
    /// <param name="zone">IANA zone, if the member has one.</param>
    /// <param name="values">A JSON object of attributes.</param>
    public void Add(Guid id, string? zone, string values)
    {
        _ids.Add(id);
        _zones.Add(zone ?? timeZone);
        using var document = JsonDocument.Parse(values);
        foreach (var column in _columns)
        {
            column.Add(document.RootElement);
        }
    }

    /// <summary>What was added since the last time.</summary>
    public MemberTable Take()
    {
        var table = new MemberTable([.. _ids], [.. _zones], [.. _columns.Select(column => column.Take())]);
        _ids.Clear();
        _zones.Clear();
        return table;
    }

    private sealed class ColumnBuilder(AttributeSpec attribute)
    {
        private readonly List<float>? _numbers = attribute.Type is AttributeType.Number or AttributeType.Date ? [] : null;
        private readonly List<string?>? _texts = attribute.Type is AttributeType.Text or AttributeType.Boolean ? [] : null;
        private readonly List<string[]?>? _sets = attribute.Type == AttributeType.Names ? [] : null;

        public void Add(JsonElement attributes)
        {
            var present = attributes.TryGetProperty(attribute.Name, out var value);
            _numbers?.Add(present ? Number(value) : float.NaN);
            _texts?.Add(present ? Text(value) : null);
            _sets?.Add(present && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(name => name.GetString()!)] : null);
        }

        public MemberColumn Take()
        {
            var column = new MemberColumn(attribute.Name, attribute.Type, _numbers?.ToArray(), _texts?.ToArray(), _sets?.ToArray());
            _numbers?.Clear();
            _texts?.Clear();
            _sets?.Clear();
            return column;
        }

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
