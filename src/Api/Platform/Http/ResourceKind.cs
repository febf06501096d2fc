using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Http;

/// <summary>A kind of resource: its collection and the prefix of its identifiers. References are names (<c>audiences/adn_…</c>) or bare identifiers.</summary>
internal sealed record ResourceKind(string Collection, string Prefix)
{
    public string Name(Guid id) => $"{Collection}/{PublicId.Format(Prefix, id)}";

    public bool TryParse(string? reference, out Guid id)
    {
        var start = Collection.Length + 1;
        var named = reference is not null && reference.Length > start && reference[start - 1] == '/' && reference.StartsWith(Collection, StringComparison.Ordinal);
        return PublicId.TryParse(Prefix, named ? reference![start..] : reference, out id);
    }

    /// <summary>The identifier in a reference that was checked when it was stored.</summary>
    public Guid Parse(string reference) =>
        TryParse(reference, out var id) ? id : throw new FormatException($"'{reference}' names none of {Collection}.");

    /// <summary>The position behind a page token, or the start.</summary>
    public Guid After(string? pageToken) => PublicId.TryParse(Prefix, pageToken, out var id) ? id : Guid.Empty;
}
