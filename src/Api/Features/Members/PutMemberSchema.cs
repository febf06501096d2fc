using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>Declares attributes. Additive: those not named stay, and a type once declared is fixed, as values of it are stored.</summary>
internal static partial class PutMemberSchema
{
    private const int MaximumAttributes = 200;

    internal sealed record Request(Attribute[] Attributes);

    /// <param name="Name">A letter, then up to 63 letters, digits or underscores.</param>
    /// <param name="Type">number, text, boolean, date or names (any number of texts).</param>
    /// <param name="Personal">Personal data: shown only with the scope members:pii and never used by a model.</param>
    internal sealed record Attribute(string Name, AttributeType Type, bool Personal = false);

    internal sealed record Response(IReadOnlyList<Attribute> Attributes);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IMemberSchema schema, IAuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var present = await db.Set<AttributeDefinition>().ToDictionaryAsync(a => a.Name, cancellationToken);
        var names = request.Attributes.Select(a => a.Name).ToList();
        var check = new RequestCheck().Require(
            present.Keys.Union(names).Count() <= MaximumAttributes, "/attributes", "tooMany", $"A schema has at most {MaximumAttributes} attributes.");
        for (var index = 0; index < names.Count; index++)
        {
            check.Require(
                NamePattern().IsMatch(names[index]), $"/attributes/{index}/name", "malformed",
                "A name is a letter followed by at most 63 letters, digits or underscores.");
            check.Require(names.IndexOf(names[index]) == index, $"/attributes/{index}/name", "duplicate", $"'{names[index]}' is named twice.");
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        var changes = request.Attributes
            .Select((attribute, index) => (attribute, index, known: present.GetValueOrDefault(attribute.Name)))
            .Where(c => c.known is not null && c.known.Type != c.attribute.Type)
            .Select(c => new FieldError(
                $"/attributes/{c.index}/type", "typeIsFixed", $"'{c.attribute.Name}' is declared as {Name(c.known!.Type)} and stays so.", new[] { Name(c.known.Type) }))
            .ToList();
        if (changes.Count > 0)
        {
            return Problems.Result(ProblemType.InvalidTransition, string.Join(" ", changes.Select(c => c.Message)), changes);
        }

        foreach (var attribute in request.Attributes)
        {
            if (present.TryGetValue(attribute.Name, out var known))
            {
                known.Personal = attribute.Personal;
            }
            else
            {
                db.Add(new AttributeDefinition
                {
                    Name = attribute.Name,
                    Type = attribute.Type,
                    Personal = attribute.Personal,
                    CreatedAt = clock.GetUtcNow(),
                });
            }
        }

        audit.Add("memberSchema.put", "memberSchema", new { names });
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(await ReadAsync(schema, cancellationToken));
    }

    internal static async Task<Ok<Response>> GetAsync(IMemberSchema schema, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(schema, cancellationToken));

    private static async Task<Response> ReadAsync(IMemberSchema schema, CancellationToken cancellationToken) =>
        new([.. (await schema.ReadAsync(cancellationToken)).Values.Select(a => new Attribute(a.Name, a.Type, a.Personal))]);

    private static string Name(AttributeType type) => type.ToString().ToLowerInvariant();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,63}$")]
    private static partial Regex NamePattern();
}
