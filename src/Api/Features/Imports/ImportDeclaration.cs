namespace Noah.Api.Features.Imports;

/// <summary>What a file's columns mean, as the marketer declared it.</summary>
/// <param name="Columns">Which column holds what.</param>
/// <param name="Consent">The consent that the file brings; null when it brings none. Members only.</param>
/// <param name="Experiment">The experiment, <c>experiments/exp_…</c>. Exposures only.</param>
internal sealed record ImportDeclaration(ImportColumns Columns, ImportConsent? Consent = null, string? Experiment = null);

/// <summary>Column names of the file, by what they hold. Which apply depends on the kind of import.</summary>
internal sealed record ImportColumns(
    string? ExternalId = null,
    string? Email = null,
    string? TimeZone = null,
    string? Account = null,
    Dictionary<string, string>? Attributes = null,
    string? Member = null,
    string? Arm = null,
    string? ExposedAt = null,
    string? EventId = null,
    string? Type = null,
    string? OccurredAt = null,
    string? Amount = null)
{
    /// <summary>Every field but the attributes, with the column given for it.</summary>
    public IEnumerable<(string Field, string? Column)> Named() =>
    [
        ("externalId", ExternalId), ("email", Email), ("timeZone", TimeZone), ("account", Account), ("member", Member), ("arm", Arm),
        ("exposedAt", ExposedAt), ("eventId", EventId), ("type", Type), ("occurredAt", OccurredAt), ("amount", Amount),
    ];
}

/// <summary>A consent that the file declares.</summary>
/// <param name="Channel">email or ads.</param>
/// <param name="Topic">Such as <c>marketing</c>.</param>
/// <param name="Source">Where it was given, such as <c>2025 newsletter form</c>.</param>
/// <param name="Column">The column that says yes or no for each row; null when it holds for every row.</param>
internal sealed record ImportConsent(string Channel, string Topic, string Source, string? Column = null);
