using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Products.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Events;

/// <summary>Takes events as they happen, in any order and as often as a client repeats them. One bad event does not refuse the others.</summary>
internal static class BatchEvents
{
    public const int MaximumEvents = 1_000;
    private const int MaximumIdLength = 200;
    private const decimal MaximumAmount = 100_000_000_000_000m;

    internal sealed record Request(Item[] Events);

    /// <param name="EventId">The client's own id: a repetition with the same one is the same event.</param>
    /// <param name="Member">The member's external id.</param>
    /// <param name="Type">Such as <c>purchase</c>.</param>
    /// <param name="OccurredAt">When it happened, with an offset.</param>
    /// <param name="Amount">Money in the tenant's currency.</param>
    /// <param name="Product">The product, <c>products/prd_…</c>.</param>
    /// <param name="Send">The send it answers to, <c>sends/snd_…</c>.</param>
    internal sealed record Item(
        string EventId, string Member, string Type, DateTimeOffset OccurredAt, decimal? Amount = null, string? Product = null, string? Send = null);

    internal sealed record Response(int Accepted, int Duplicate, int Invalid, IReadOnlyList<Result> Results);

    /// <param name="EventId">As given.</param>
    /// <param name="Status">accepted, duplicate or invalid.</param>
    /// <param name="Error">Of an invalid event: what is wrong, and where.</param>
    internal sealed record Result(string EventId, string Status, FieldError? Error = null);

    internal static async Task<Results<Accepted<Response>, ProblemHttpResult>> HandleAsync(
        Request request, EventStore store, IMemberDirectory directory, IProducts products, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = new RequestCheck().Require(
            request.Events.Length is > 0 and <= MaximumEvents, "/events", "outOfRange", $"/events must have 1 to {MaximumEvents} events.",
            new { minimum = 1, maximum = MaximumEvents });
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var members = await directory.FindMembersAsync([.. request.Events.Select(e => e.Member).Distinct()], cancellationToken);
        var known = await FindProductsAsync(request, products, cancellationToken);
        var now = clock.GetUtcNow();
        var faults = request.Events.Select((item, index) => Fault(item, $"/events/{index}", members, known, now)).ToList();
        var valid = request.Events.Where((_, index) => faults[index] is null).Select(item => new NewEvent(
            item.EventId, members[item.Member], item.Type, item.OccurredAt, item.Amount, Id("products", "prd", item.Product), Id("sends", "snd", item.Send)));
        var fresh = (await store.InsertAsync([.. valid], cancellationToken)).ToHashSet();

        // Removing each as it is answered makes the second of two equal ids in one batch a duplicate too.
        var results = request.Events.Select((item, index) => faults[index] is { } fault
            ? new Result(item.EventId, "invalid", fault)
            : new Result(item.EventId, fresh.Remove(item.EventId) ? "accepted" : "duplicate")).ToList();
        return TypedResults.Accepted((string?)null, new Response(
            results.Count(r => r.Status == "accepted"), results.Count(r => r.Status == "duplicate"), results.Count(r => r.Status == "invalid"), results));
    }

    private static FieldError? Fault(
        Item item, string pointer, IReadOnlyDictionary<string, Guid> members, HashSet<Guid> products, DateTimeOffset now) => item switch
        {
            _ when item.EventId.Length is 0 or > MaximumIdLength || item.EventId.Contains('\0', StringComparison.Ordinal) =>
                new($"{pointer}/eventId", "malformed", $"An event id has 1 to {MaximumIdLength} characters."),
            _ when !members.ContainsKey(item.Member) => new($"{pointer}/member", "unknownMember", "There is no member with this external id."),
            _ when !EventType.IsValid(item.Type) => new($"{pointer}/type", "malformed", $"The type must be {EventType.Expected}."),
            _ when !EventTime.IsPlausible(item.OccurredAt, now) => new($"{pointer}/occurredAt", "outOfRange", $"An event happens {EventTime.Expected}."),
            _ when Math.Abs(item.Amount ?? 0) >= MaximumAmount => new($"{pointer}/amount", "outOfRange", $"An amount stays below {MaximumAmount}."),
            _ when item.Product is not null && (Id("products", "prd", item.Product) is not { } product || !products.Contains(product)) =>
                new($"{pointer}/product", "notFound", $"'{item.Product}' does not exist."),
            _ when item.Send is not null && Id("sends", "snd", item.Send) is null => new($"{pointer}/send", "malformed", "A send is named sends/snd_…"),
            _ => null,
        };

    private static async Task<HashSet<Guid>> FindProductsAsync(Request request, IProducts products, CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        foreach (var id in request.Events.Select(e => Id("products", "prd", e.Product)).OfType<Guid>().Distinct())
        {
            if (await products.FindAsync(id, cancellationToken) is not null)
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static Guid? Id(string collection, string prefix, string? name) =>
        name is not null && PublicId.TryParse(prefix, name.StartsWith($"{collection}/", StringComparison.Ordinal) ? name[(collection.Length + 1)..] : name, out var id)
            ? id
            : null;
}
