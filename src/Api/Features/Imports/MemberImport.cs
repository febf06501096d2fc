using System.Buffers;
using System.Text;
using System.Text.Json;
using CsvHelper;
using NodaTime;
using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Imports;

/// <summary>Rows that are members. An empty field says nothing: what is known of the member stays.</summary>
internal sealed class MemberImport(
    ImportHeader header,
    ImportDeclaration declaration,
    IReadOnlyDictionary<string, AttributeSpec> schema,
    DateTimeOffset now,
    IMemberWriter writer,
    IMemberDirectory directory) : IImportTarget
{
    private readonly ImportColumn _externalId = header.Require(declaration.Columns.ExternalId, "/columns/externalId");
    private readonly ImportColumn? _email = header.Find(declaration.Columns.Email, "/columns/email");
    private readonly ImportColumn? _timeZone = header.Find(declaration.Columns.TimeZone, "/columns/timeZone");
    private readonly ImportColumn? _account = header.Find(declaration.Columns.Account, "/columns/account");
    private readonly ImportColumn? _consent = header.Find(declaration.Consent?.Column, "/consent/column");
    private readonly List<(ImportColumn Column, AttributeSpec Attribute)> _attributes = Attributes(header, declaration, schema);
    private readonly ConsentGrant? _grant = declaration.Consent is { } c ? new ConsentGrant(c.Channel, c.Topic, c.Source, now) : null;
    private readonly SeenKeys _seen = new();
    private readonly List<Kept> _rows = [];
    private readonly ArrayBufferWriter<byte> _json = new();

    public int Pending => _rows.Count;

    public RowFault? Accept(CsvReader row)
    {
        var id = _externalId.Read(row);
        var email = Optional(_email, row);
        var timeZone = Optional(_timeZone, row);
        var consents = _grant is not null && _consent is null;
        var fault = FieldReading.FaultOfId(_externalId, row.LineNumber, id)
            ?? (email is not null && !EmailAddress.IsValid(email) ? _email!.Fault(row.LineNumber, "invalidEmail", $"{_email.Name} is not an e-mail address.") : null)
            ?? (timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is null
                ? _timeZone!.Fault(row.LineNumber, "unknownTimeZone", $"{_timeZone.Name} is not an IANA time zone such as Europe/Berlin.") : null)
            ?? (Optional(_consent, row) is { } answer && !AttributeValues.TryBoolean(answer, out consents)
                ? _consent!.Fault(row.LineNumber, "invalidValue", $"{_consent.Name} must be true or false.") : null)
            ?? ReadAttributes(row)
            ?? (_seen.Add(id) ? null : _externalId.Fault(row.LineNumber, "duplicate", $"An earlier line has the same {_externalId.Name}."));
        if (fault is null)
        {
            var attributes = Encoding.UTF8.GetString(_json.WrittenSpan);
            _rows.Add(new Kept(row.LineNumber, Optional(_account, row), new MemberRow(id, email, timeZone, null, attributes, consents)));
        }

        return fault;
    }

    public async Task<IReadOnlyList<RowFault>> FlushAsync(CancellationToken cancellationToken)
    {
        var faults = new List<RowFault>();
        var accounts = _account is null
            ? new Dictionary<string, Guid>()
            : await directory.FindAccountsAsync([.. _rows.Select(r => r.Account).OfType<string>().Distinct()], cancellationToken);
        var members = new List<MemberRow>(_rows.Count);
        foreach (var (line, account, member) in _rows)
        {
            if (account is not null && !accounts.ContainsKey(account))
            {
                faults.Add(_account!.Fault(line, "unknownAccount", $"There is no account with this {_account.Name}."));
            }
            else
            {
                members.Add(account is null ? member : member with { AccountId = accounts[account] });
            }
        }

        await writer.UpsertAsync(members, _grant, cancellationToken);
        _rows.Clear();
        return faults;
    }

    private static string? Optional(ImportColumn? column, CsvReader row) => column?.Read(row) is { Length: > 0 } value ? value : null;

    private static List<(ImportColumn, AttributeSpec)> Attributes(
        ImportHeader header, ImportDeclaration declaration, IReadOnlyDictionary<string, AttributeSpec> schema) =>
        [.. (declaration.Columns.Attributes ?? [])
            .Select(a => (Column: header.Find(a.Value, AttributePointer.Of("/columns/attributes", a.Key)), Attribute: schema[a.Key]))
            .Where(a => a.Column is not null)
            .Select(a => (a.Column!, a.Attribute))];

    private RowFault? ReadAttributes(CsvReader row)
    {
        _json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_json);
        writer.WriteStartObject();
        foreach (var (column, attribute) in _attributes)
        {
            if (column.Read(row) is { Length: > 0 } text && !AttributeValues.TryWrite(writer, attribute.Name, attribute.Type, text))
            {
                return column.Fault(row.LineNumber, "invalidValue", $"{column.Name} must be {AttributeValues.Expected(attribute.Type)}.");
            }
        }

        writer.WriteEndObject();
        return null;
    }

    private sealed record Kept(long Line, string? Account, MemberRow Member);
}
