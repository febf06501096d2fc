using CsvHelper;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Imports;

/// <summary>Rows that say which arm of an experiment a member was in.</summary>
internal sealed class ExposureImport(
    ImportHeader header,
    ImportDeclaration declaration,
    Guid experimentId,
    IReadOnlyDictionary<string, double> arms,
    DateTimeOffset now,
    IExposureWriter writer,
    IMemberDirectory directory) : IImportTarget
{
    private readonly ImportColumn _member = header.Require(declaration.Columns.Member, "/columns/member");
    private readonly ImportColumn _arm = header.Require(declaration.Columns.Arm, "/columns/arm");
    private readonly ImportColumn _exposedAt = header.Require(declaration.Columns.ExposedAt, "/columns/exposedAt");
    private readonly SeenKeys _seen = new();
    private readonly List<Kept> _rows = [];

    public int Pending => _rows.Count;

    public RowFault? Accept(CsvReader row)
    {
        var (member, arm) = (_member.Read(row), _arm.Read(row));
        if (FieldReading.FaultOfId(_member, row.LineNumber, member) is { } fault)
        {
            return fault;
        }

        if (!arms.ContainsKey(arm))
        {
            return _arm.Fault(row.LineNumber, "unknownArm", $"{_arm.Name} must be one of {string.Join(", ", arms.Keys)}.");
        }

        if (!FieldReading.TryInstant(_exposedAt.Read(row), out var exposedAt) || !EventTime.IsPlausible(exposedAt, now))
        {
            return _exposedAt.Fault(row.LineNumber, "invalidValue", $"{_exposedAt.Name} must be an instant such as 2026-05-31T09:00:00Z, {EventTime.Expected}.");
        }

        if (!_seen.Add(member))
        {
            return _member.Fault(row.LineNumber, "duplicate", $"An earlier line has the same {_member.Name}.");
        }

        _rows.Add(new Kept(row.LineNumber, member, arm, exposedAt));
        return null;
    }

    public async Task<IReadOnlyList<RowFault>> FlushAsync(CancellationToken cancellationToken)
    {
        var faults = new List<RowFault>();
        var members = await directory.FindMembersAsync([.. _rows.Select(r => r.Member).Distinct()], cancellationToken);
        var exposures = new List<NewExposure>(_rows.Count);
        foreach (var (line, member, arm, exposedAt) in _rows)
        {
            if (!members.TryGetValue(member, out var memberId))
            {
                faults.Add(_member.Fault(line, "unknownMember", $"There is no member with this {_member.Name}."));
            }
            else
            {
                exposures.Add(new NewExposure(memberId, arm, exposedAt, arms[arm]));
            }
        }

        await writer.RecordAsync(experimentId, exposures, cancellationToken);
        _rows.Clear();
        return faults;
    }

    private sealed record Kept(long Line, string Member, string Arm, DateTimeOffset ExposedAt);
}
