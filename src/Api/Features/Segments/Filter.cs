using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Segments;

/// <summary>A marketer's filter, checked: a tree of conditions that holds or does not hold for each member.</summary>
internal abstract record Filter;

internal sealed record EveryoneFilter : Filter;

internal sealed record AllFilter(IReadOnlyList<Filter> Filters) : Filter;

internal sealed record AnyFilter(IReadOnlyList<Filter> Filters) : Filter;

internal sealed record NotFilter(Filter Inner) : Filter;

/// <param name="Name">A declared attribute.</param>
/// <param name="Comparison">One that the attribute's type allows.</param>
/// <param name="Values">JSON values of the attribute's type: several for <c>in</c>, none for <c>exists</c>, else one.</param>
internal sealed record AttributeFilter(string Name, AttributeComparison Comparison, IReadOnlyList<string> Values) : Filter;

/// <summary>At least <paramref name="Count"/> events of the type, within so many days before now or ever.</summary>
internal sealed record EventFilter(string Type, int Count, int? WithinDays) : Filter;

internal sealed record ConsentFilter(string Channel, string Topic) : Filter;

/// <summary>Expected to bring at least <paramref name="Value"/> over the horizon, or among the <paramref name="Share"/> expected to bring most.</summary>
internal sealed record LifetimeValueFilter(Guid LifetimeValueId, int HorizonDays, double? Value, double? Share) : Filter;
