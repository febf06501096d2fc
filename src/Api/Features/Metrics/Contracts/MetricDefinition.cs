using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Metrics.Contracts;

/// <summary>How a member's events become a value, and how that value is read. Fixed once it is declared.</summary>
/// <param name="Distribution">The shape that chooses the tests: <c>binary</c>, <c>continuous</c>, or <c>zeroInflated</c> for amounts that are mostly zero.</param>
/// <param name="EventType">Events that count.</param>
/// <param name="Aggregation"><c>any</c> (binary only), <c>count</c> or <c>sumAmount</c>.</param>
/// <param name="Role">
/// <c>primary</c>: the experiment is about it; <c>guardrail</c>: it must not get worse; <c>diagnostic</c>: it explains, and decides nothing.
/// </param>
/// <param name="Direction">Whether an <c>increase</c> or a <c>decrease</c> is good news.</param>
/// <param name="WindowDays">Days from a member's own exposure in which events count, 1 to 730; null: until the experiment's outcome window ends.</param>
internal sealed record MetricDefinition(
    string Distribution, string EventType, string Aggregation, string Role = MetricDefinition.Primary, string Direction = MetricDefinition.Increase, int? WindowDays = null)
{
    public const string Binary = "binary";
    public const string Continuous = "continuous";
    public const string ZeroInflated = "zeroInflated";
    public const string Any = "any";
    public const string Count = "count";
    public const string SumAmount = "sumAmount";
    public const string Primary = "primary";
    public const string Guardrail = "guardrail";
    public const string Diagnostic = "diagnostic";
    public const string Increase = "increase";
    public const string Decrease = "decrease";

    private const int LongestWindow = 730;

    private static readonly string[] Distributions = [Binary, Continuous, ZeroInflated];
    private static readonly string[] Aggregations = [Any, Count, SumAmount];
    private static readonly string[] Roles = [Primary, Guardrail, Diagnostic];
    private static readonly string[] Directions = [Increase, Decrease];

    /// <summary>Collects what is wrong with its fields, which lie below the pointer.</summary>
    public void Check(RequestCheck check, string pointer)
    {
        check.Text($"{pointer}/eventType", EventType, 64)
            .OneOf($"{pointer}/distribution", Distribution, Distributions)
            .OneOf($"{pointer}/aggregation", Aggregation, Aggregations)
            .Require(
                Distribution == Binary == (Aggregation == Any), $"{pointer}/aggregation", "mismatch",
                $"{(pointer.Length > 0 ? pointer : "/")}: a binary metric asks whether there was any event, the others count or sum; binary goes with any and any with binary.")
            .OneOf($"{pointer}/direction", Direction, Directions)
            .Require(
                WindowDays is null or (>= 1 and <= LongestWindow), $"{pointer}/windowDays", "outOfRange",
                $"{pointer}/windowDays must lie between 1 and {LongestWindow}.", new { minimum = 1, maximum = LongestWindow });
        CheckRole(check, pointer, Role);
    }

    public static void CheckRole(RequestCheck check, string pointer, string? role) => check.OneOf($"{pointer}/role", role, Roles);
}
