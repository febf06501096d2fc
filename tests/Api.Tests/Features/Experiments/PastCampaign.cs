using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Experiments;

/// <summary>
/// A randomised campaign of the past in a tenant's database, with outcomes that the test knows: per member the arm, whether they visited
/// and what they spent. Mail doubles visits; loyal members spend more.
/// </summary>
internal sealed record PastCampaign(TestTenant Tenant, string Experiment, Guid[] Members, int[] Arm, bool[] Visited, decimal[] Spent)
{
    public const string Treatment = "Mail & <more>";
    public static readonly DateTimeOffset Start = new(2025, 9, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Start.AddDays(14);

    public static object Design { get; } = new
    {
        displayName = "Autumn <mailing>",
        arms = new object[] { new { name = Treatment, weight = 1 }, new { name = "None", weight = 1, control = true } },
        metrics = new object[]
        {
            new { name = "visit", distribution = "binary", eventType = "visit", aggregation = "any" },
            new { name = "spend", distribution = "zeroInflated", eventType = "purchase", aggregation = "sumAmount" },
        },
        startedAt = Start,
        endedAt = End,
    };

    public static async Task<PastCampaign> CreateAsync(NoahApplication application, int members, object? design = null)
    {
        var tenant = await application.CreateTenantAsync();
        var experiment = (await tenant.PostAsync("/v1/experiments", design ?? Design)).GetProperty("name").GetString()!;
        var random = new Random(members);
        var loyal = Enumerable.Range(0, members).Select(_ => random.NextDouble() < 0.3).ToArray();
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        var services = scope.ServiceProvider;
        await using var transaction = await services.GetRequiredService<NoahDbContext>().Database.BeginTransactionAsync();
        var ids = await AddMembersAsync(services, loyal, random);
        var arm = ids.Select(_ => random.Next(2)).ToArray();
        var visited = ids.Select((_, i) => random.NextDouble() < (arm[i] == 1 ? 0.4 : 0.2)).ToArray();
        var spent = ids.Select((_, i) => visited[i] && random.NextDouble() < 0.6
            ? Math.Round((decimal)Math.Exp(3 + (loyal[i] ? 1 : 0) + (0.5 * random.NextDouble())), 2)
            : 0m).ToArray();

        // Exposed one by one: every member has a window of their own.
        await services.GetRequiredService<IExposureWriter>().RecordAsync(
            ParseId(experiment), [.. ids.Select((id, i) => new NewExposure(id, arm[i] == 1 ? Treatment : "None", Start.AddMinutes(i % 50), 0.5))], default);
        await services.GetRequiredService<IEventHistory>().RecordAsync([.. ids.SelectMany((id, i) => Events(id, i, visited[i], spent[i]))], default);
        await transaction.CommitAsync();
        return new PastCampaign(tenant, experiment, ids, arm, visited, spent);
    }

    public static Guid ParseId(string resource) =>
        PublicId.TryParse("exp", resource["experiments/".Length..], out var id) ? id : throw new ArgumentException(resource, nameof(resource));

    public double[] Spend(int arm) => [.. Spent.Where((_, i) => Arm[i] == arm).Select(amount => (double)amount)];

    private static async Task<Guid[]> AddMembersAsync(IServiceProvider services, bool[] loyal, Random random)
    {
        var db = services.GetRequiredService<NoahDbContext>();
        db.Add(new AttributeDefinition { Name = "age", Type = AttributeType.Number });
        db.Add(new AttributeDefinition { Name = "loyal", Type = AttributeType.Boolean });
        await db.SaveChangesAsync();
        var rows = loyal.Select((likes, i) => new MemberRow(
            i.ToString("D6", CultureInfo.InvariantCulture), null, null, null, $$"""{"age": {{random.Next(18, 90)}}, "loyal": {{(likes ? "true" : "false")}}}""", false));
        await services.GetRequiredService<IMemberWriter>().UpsertAsync([.. rows], null, default);
        return await db.Set<Member>().OrderBy(m => m.ExternalId).Select(m => m.Id).ToArrayAsync();
    }

    /// <summary>Beside the outcomes: a purchase before the exposure and one after the window, which both must not count.</summary>
    private static IEnumerable<NewEvent> Events(Guid member, int index, bool visited, decimal spent)
    {
        if (visited)
        {
            yield return new NewEvent($"visit-{index}", member, "visit", Start.AddDays(2));
        }

        if (spent > 0)
        {
            yield return new NewEvent($"purchase-{index}", member, "purchase", Start.AddDays(3), spent);
        }

        if (index % 10 == 0)
        {
            yield return new NewEvent($"before-{index}", member, "purchase", Start.AddMinutes((index % 50) - 1), 500);
            yield return new NewEvent($"after-{index}", member, "purchase", End, 500);
        }
    }
}
