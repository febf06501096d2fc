using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Declares what the lifetime value of a customer is.</summary>
internal static class CreateLifetimeValue
{
    private const int MostHorizons = 4;
    private const int LongestHorizon = 1_825;
    private static readonly int[] UsualHorizons = [90, 365];

    /// <param name="DisplayName">Its name for people.</param>
    /// <param name="ValueEvents">Types of events whose amounts bring money, such as purchase.</param>
    /// <param name="MarginRate">Contribution as a share of the amount, above 0 and at most 1, of events that name no product; others use their product's margin.</param>
    /// <param name="ReturnEvents">Types of events whose amounts are paid back, such as refund. A negative amount of a value event counts as one.</param>
    /// <param name="HorizonDays">1 to 4 rising lengths of 7 to 1,825 days; by default 90 and 365.</param>
    /// <param name="AnnualDiscountRate">0 to 1; by default 0.1.</param>
    /// <param name="Features">Member attributes beside what members did; by default none, as attributes have no history.</param>
    /// <param name="TrainingShare">0.5 to 0.9; the other customers judge.</param>
    /// <param name="Seed">Of every random choice.</param>
    internal sealed record Request(
        string DisplayName,
        IReadOnlyList<string> ValueEvents,
        double MarginRate,
        IReadOnlyList<string>? ReturnEvents = null,
        IReadOnlyList<int>? HorizonDays = null,
        double AnnualDiscountRate = 0.1,
        IReadOnlyList<string>? Features = null,
        double TrainingShare = 0.7,
        int Seed = 1);

    internal static async Task<Results<Created<LifetimeValueView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IMemberSchema schema, IAuditLog audit, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var specification = new LifetimeValueSpecification(
            request.ValueEvents,
            request.ReturnEvents ?? [],
            request.HorizonDays ?? UsualHorizons,
            request.AnnualDiscountRate,
            request.MarginRate,
            request.Features ?? [],
            request.TrainingShare,
            request.Seed);
        var declared = (await schema.ReadAsync(cancellationToken)).Values.Where(a => !a.Personal).Select(a => a.Name).ToArray();
        if (Check(request.DisplayName, specification, declared).Failed(out var problem))
        {
            return problem;
        }

        var value = new LifetimeValue
        {
            Name = request.DisplayName,
            Specification = JsonSerializer.SerializeToDocument(specification, OperationJson.Options),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(value);
        audit.Add("lifetimeValues.create", value.ResourceName, new { request.DisplayName });
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, value.Version);
        return TypedResults.Created($"/v1/{value.ResourceName}", LifetimeValueView.Of(value));
    }

    private static RequestCheck Check(string name, LifetimeValueSpecification specification, string[] declared)
    {
        var check = new RequestCheck()
            .Text("/displayName", name)
            .Require(specification.ValueEvents.Count > 0, "/valueEvents", "required", "/valueEvents must name at least one type of event.")
            .Require(
                specification.MarginRate is > 0 and <= 1, "/marginRate", "outOfRange", "/marginRate must lie above 0 and at most at 1.", new { above = 0, maximum = 1 })
            .Between("/annualDiscountRate", specification.AnnualDiscountRate, 0, 1)
            .Between("/trainingShare", specification.TrainingShare, 0.5, 0.9)
            .Between("/seed", specification.Seed, 0, int.MaxValue)
            .Require(
                specification.HorizonDays.Count is >= 1 and <= MostHorizons && specification.HorizonDays.All(days => days is >= 7 and <= LongestHorizon)
                && specification.HorizonDays.Zip(specification.HorizonDays.Skip(1), (first, second) => first < second).All(rises => rises),
                "/horizonDays", "outOfRange", $"/horizonDays must be 1 to {MostHorizons} rising lengths of 7 to {LongestHorizon} days.",
                new { minimum = 7, maximum = LongestHorizon });
        CheckTypes(check, "valueEvents", specification.ValueEvents, []);
        CheckTypes(check, "returnEvents", specification.ReturnEvents, specification.ValueEvents);
        for (var index = 0; index < specification.Features.Count; index++)
        {
            check.OneOf($"/features/{index}", specification.Features[index], declared)
                .Require(
                    !specification.Features.Take(index).Contains(specification.Features[index]), $"/features/{index}", "duplicate", $"/features/{index} appears twice.");
        }

        return check;
    }

    private static void CheckTypes(RequestCheck check, string list, IReadOnlyList<string> types, IReadOnlyList<string> taken)
    {
        for (var index = 0; index < types.Count; index++)
        {
            check.Require(EventType.IsValid(types[index]), $"/{list}/{index}", "malformed", $"An event type is {EventType.Expected}.")
                .Require(
                    !types.Take(index).Concat(taken).Contains(types[index]), $"/{list}/{index}", "duplicate", $"'{types[index]}' is named twice.");
        }
    }
}
