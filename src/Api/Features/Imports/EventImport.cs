using CsvHelper;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Imports;

/// <summary>Rows that are events. One that an earlier import or call has brought already is the same event, and no fault.</summary>
internal sealed class EventImport(
    ImportHeader header,
    ImportDeclaration declaration,
    DateTimeOffset now,
    IEventHistory events,
    IMemberDirectory directory) : IImportTarget
{
    private readonly ImportColumn _eventId = header.Require(declaration.Columns.EventId, "/columns/eventId");
    private readonly ImportColumn _member = header.Require(declaration.Columns.Member, "/columns/member");
    private readonly ImportColumn _type = header.Require(declaration.Columns.Type, "/columns/type");
    private readonly ImportColumn _occurredAt = header.Require(declaration.Columns.OccurredAt, "/columns/occurredAt");
    private readonly ImportColumn? _amount = header.Find(declaration.Columns.Amount, "/columns/amount");
    private readonly SeenKeys _seen = new();
    private readonly List<Kept> _rows = [];

    public int Pending => _rows.Count;

    public RowFault? Accept(CsvReader row)
    {
        var (eventId, member, type) = (_eventId.Read(row), _member.Read(row), _type.Read(row));
        if ((FieldReading.FaultOfId(_eventId, row.LineNumber, eventId) ?? FieldReading.FaultOfId(_member, row.LineNumber, member)) is { } fault)
        {
            return fault;
        }

        if (!EventType.IsValid(type))
        {
            return _type.Fault(row.LineNumber, "invalidValue", $"{_type.Name} must be {EventType.Expected}.");
        }

        if (!FieldReading.TryInstant(_occurredAt.Read(row), out var occurredAt) || !EventTime.IsPlausible(occurredAt, now))
        {
            return _occurredAt.Fault(row.LineNumber, "invalidValue", $"{_occurredAt.Name} must be an instant such as 2026-05-31T09:00:00Z, {EventTime.Expected}.");
        }

        decimal? amount = null;
        if (_amount?.Read(row) is { Length: > 0 } text)
        {
            if (!FieldReading.TryAmount(text, out var value))
            {
                return _amount.Fault(row.LineNumber, "invalidValue", $"{_amount.Name} must be an amount such as 12.34.");
            }

            amount = value;
        }

        if (!_seen.Add(eventId))
        {
            return _eventId.Fault(row.LineNumber, "duplicate", $"An earlier line has the same {_eventId.Name}.");
        }

        _rows.Add(new Kept(row.LineNumber, member, eventId, type, occurredAt, amount));
        return null;
    }

    public async Task<IReadOnlyList<RowFault>> FlushAsync(CancellationToken cancellationToken)
    {
        var faults = new List<RowFault>();
        var members = await directory.FindMembersAsync([.. _rows.Select(r => r.Member).Distinct()], cancellationToken);
        var found = new List<NewEvent>(_rows.Count);
        foreach (var row in _rows)
        {
            if (!members.TryGetValue(row.Member, out var memberId))
            {
                faults.Add(_member.Fault(row.Line, "unknownMember", $"There is no member with this {_member.Name}."));
            }
            else
            {
                found.Add(new NewEvent(row.EventId, memberId, row.Type, row.OccurredAt, row.Amount));
            }
        }

        await events.RecordAsync(found, cancellationToken);
        _rows.Clear();
        return faults;
    }

    private sealed record Kept(long Line, string Member, string EventId, string Type, DateTimeOffset OccurredAt, decimal? Amount);
}
