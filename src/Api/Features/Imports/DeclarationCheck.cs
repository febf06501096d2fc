using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Imports;

/// <summary>What each kind of import needs and allows in its declaration.</summary>
internal static class DeclarationCheck
{
    private const int MaximumColumnLength = 200;

    public static RequestCheck Declaration(
        this RequestCheck check, ImportKind kind, ImportDeclaration declaration, IReadOnlyDictionary<string, AttributeSpec> schema)
    {
        var (required, optional) = Fields(kind);
        foreach (var (field, column) in declaration.Columns.Named())
        {
            if (required.Contains(field))
            {
                check.Text($"/columns/{field}", column, MaximumColumnLength);
            }
            else if (column is not null)
            {
                check.Require(optional.Contains(field), $"/columns/{field}", "notApplicable", $"An import of {Plural(kind)} has no {field}.", required.Concat(optional));
                check.Text($"/columns/{field}", column, MaximumColumnLength);
            }
        }

        foreach (var (attribute, column) in declaration.Columns.Attributes ?? [])
        {
            var pointer = AttributePointer.Of("/columns/attributes", attribute);
            check.Require(kind == ImportKind.Members, pointer, "notApplicable", $"An import of {Plural(kind)} has no attributes.");
            check.Require(schema.ContainsKey(attribute), pointer, "unknownAttribute", $"The member schema has no attribute '{attribute}'.", schema.Keys);
            check.Text(pointer, column, MaximumColumnLength);
        }

        if (declaration.Consent is { } consent)
        {
            check.Require(kind == ImportKind.Members, "/consent", "notApplicable", "Only an import of members brings consent.")
                .OneOf("/consent/channel", consent.Channel, ConsentChannels.All)
                .Text("/consent/topic", consent.Topic, maximumLength: 64)
                .Text("/consent/source", consent.Source);
            if (consent.Column is not null)
            {
                check.Text("/consent/column", consent.Column, MaximumColumnLength);
            }
        }

        return check.Require(
            (declaration.Experiment is not null) == (kind == ImportKind.Exposures), "/experiment",
            kind == ImportKind.Exposures ? "required" : "notApplicable", "/experiment belongs to an import of exposures, and to no other.");
    }

    private static (string[] Required, string[] Optional) Fields(ImportKind kind) => kind switch
    {
        ImportKind.Members => (["externalId"], ["email", "timeZone", "account"]),
        ImportKind.Exposures => (["member", "arm", "exposedAt"], []),
        _ => (["eventId", "member", "type", "occurredAt"], ["amount"]),
    };

    private static string Plural(ImportKind kind) => kind.ToString().ToLowerInvariant();
}
