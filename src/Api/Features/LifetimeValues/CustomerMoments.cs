using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Prediction.Features;
using Noah.Prediction.Labels;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Customers, each as known at a moment of its own.</summary>
/// <param name="MemberRows">[customers] rows of the log's members.</param>
/// <param name="Moments">[customers] midnights.</param>
/// <param name="Table">Purchases and features.</param>
/// <param name="Sources">How fresh each feature is; none for attributes.</param>
/// <param name="Attributes">Names of the attributes among the features.</param>
internal sealed record CustomerMoments(
    int[] MemberRows, DateTimeOffset[] Moments, LifetimeTable Table, IReadOnlyList<FeatureSource> Sources, IReadOnlyList<string> Attributes)
{
    /// <summary>Days before the moment that the window features look at.</summary>
    public const int FeatureDays = 180;

    private const string AttributePrefix = "attribute: ";

    /// <param name="log">Events and purchases.</param>
    /// <param name="momentOf">The moment of each member, by its row.</param>
    /// <param name="attributes">Member attributes to use.</param>
    /// <param name="valueEvents">Types of events with amounts.</param>
    public static CustomerMoments Build(
        CustomerLog log, Func<int, DateTimeOffset> momentOf, IReadOnlyList<string> attributes, IReadOnlyList<string> valueEvents)
    {
        List<int> rows = [];
        List<CustomerSummary> customers = [];
        for (var row = 0; row < log.Histories.Length; row++)
        {
            if (log.Histories[row].SummaryAsOf(momentOf(row), row) is { } summary)
            {
                rows.Add(row);
                customers.Add(summary);
            }
        }

        DateTimeOffset[] moments = [.. rows.Select(momentOf)];
        var positions = rows.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var events = log.Events.Where(happening => positions.ContainsKey(happening.Member)).Select(happening => happening with { Member = positions[happening.Member] });
        var amounts = log.Kinds.Index().Where(kind => valueEvents.Contains(kind.Item)).Select(kind => kind.Index).ToHashSet();
        var windows = log.Kinds.Count > 0 ? WindowFeatures.Build(moments, events, log.Kinds, amounts, FeatureDays) : null;
        FeatureColumn[] columns = [.. windows?.Table.Columns ?? [], .. attributes.SelectMany(name => Attribute(log.Members, name, rows))];
        FeatureSource[] sources =
        [
            new("purchases", [.. rows.Select((row, i) => log.Histories[row].LatestBefore(moments[i]))]), .. windows?.Sources ?? [],
        ];
        // A customer without any other event still has an age.
        columns = columns.Length > 0 ? columns : [FeatureColumn.Numeric("constant", new float[rows.Count])];
        return new CustomerMoments([.. rows], moments, new LifetimeTable(customers, new FeatureTable(columns)), sources, attributes);
    }

    public CustomerMoments Select(int[] customers) => this with
    {
        MemberRows = [.. customers.Select(i => MemberRows[i])],
        Moments = [.. customers.Select(i => Moments[i])],
        Table = new LifetimeTable([.. customers.Select(i => Table.Customers[i])], Table.Features.Select(customers)),
        Sources = [.. Sources.Select(source => source with { Latest = [.. customers.Select(i => source.Latest[i])] })],
    };

    /// <summary>The attributes alone, under their own names.</summary>
    public FeatureTable? AttributeTable() => Attributes.Count == 0
        ? null
        : new FeatureTable([.. Table.Features.Columns.Where(column => column.Spec.Name.StartsWith(AttributePrefix, StringComparison.Ordinal))]);

    /// <summary>The attribute that a feature comes from.</summary>
    public static string AttributeName(string feature) => feature.EndsWith(MemberFeatures.DayOfYear, StringComparison.Ordinal)
        ? feature[AttributePrefix.Length..^MemberFeatures.DayOfYear.Length]
        : feature[AttributePrefix.Length..];

    private static IEnumerable<FeatureColumn> Attribute(MemberTable members, string name, List<int> rows)
    {
        var column = members.Columns.FirstOrDefault(column => column.Name == name)
            ?? throw new ProblemException(ProblemType.NotReady, $"The attribute '{name}' is not declared any more, or has become personal.");
        return new FeatureTable([.. MemberFeatures.Of(column, AttributePrefix + name)]).Select([.. rows]).Columns;
    }
}
