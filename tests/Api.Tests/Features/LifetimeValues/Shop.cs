using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.LifetimeValues;

/// <summary>
/// A shop with 500 days of purchases up to the host's clock. A tenth of the members never buys; the others buy at rates of their own until they
/// leave, and visit in between.
/// </summary>
internal sealed record Shop(TestTenant Tenant, Guid[] Members, double[] Rates)
{
    public const int Days = 500;

    public static async Task<Shop> CreateAsync(NoahApplication application, int members, int seed = 1, bool events = true)
    {
        var tenant = await application.CreateTenantAsync();
        var random = new Random(seed);
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        var services = scope.ServiceProvider;
        var today = new DateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        await using var transaction = await services.GetRequiredService<NoahDbContext>().Database.BeginTransactionAsync();
        double[] rates = [.. Enumerable.Range(0, members).Select(i => i % 10 == 0 ? 0 : 0.004 + (0.03 * Math.Pow(random.NextDouble(), 3)))];
        var bought = rates.Select((rate, i) => Draw(rate, random).ToArray()).ToArray();
        var ids = await AddMembersAsync(services, bought, rates, random);
        if (events)
        {
            var log = bought.SelectMany((purchases, i) => purchases
                .Select((purchase, n) => new NewEvent($"p-{i}-{n}", ids[i], "purchase", today.AddDays(purchase.Day - Days), purchase.Amount))
                .Concat(Enumerable.Range(0, 3).Select(n => new NewEvent($"v-{i}-{n}", ids[i], "visit", today.AddDays(-random.Next(1, 400))))));
            foreach (var batch in log.Chunk(5_000))
            {
                await services.GetRequiredService<IEventHistory>().RecordAsync(batch, default);
            }
        }

        await transaction.CommitAsync();
        return new Shop(tenant, ids, rates);
    }

    private static IEnumerable<(double Day, decimal Amount)> Draw(double rate, Random random)
    {
        var scale = Math.Exp(3 + (0.5 * random.NextDouble()));
        // Unlike among customers, as the model of purchases takes it to be: where all leave alike its likelihood mostly has no maximum.
        var leaves = random.NextDouble() < 0.7 ? 0.02 : 0.4;
        for (var day = Wait() * random.NextDouble(); rate > 0 && day < Days; day += Wait())
        {
            yield return (day, Math.Round((decimal)(scale * (0.6 + (0.8 * random.NextDouble()))), 2));
            if (random.NextDouble() < leaves)
            {
                yield break;
            }
        }

        double Wait() => -Math.Log(1 - random.NextDouble()) / Math.Max(rate, 1e-9);
    }

    private static async Task<Guid[]> AddMembersAsync(IServiceProvider services, (double Day, decimal Amount)[][] bought, double[] rates, Random random)
    {
        var db = services.GetRequiredService<NoahDbContext>();
        db.Add(new AttributeDefinition { Name = "age", Type = AttributeType.Number });
        db.Add(new AttributeDefinition { Name = "keen", Type = AttributeType.Boolean });
        db.Add(new AttributeDefinition { Name = "rating", Type = AttributeType.Number });
        await db.SaveChangesAsync();
        var rows = bought.Select((purchases, i) => new MemberRow(
            i.ToString("D6", CultureInfo.InvariantCulture), null, null, null,
            new JsonObject
            {
                ["age"] = random.Next(18, 90),
                ["keen"] = rates[i] > 0.015,
                ["rating"] = 0,
            }.ToJsonString(),
            false));
        await services.GetRequiredService<IMemberWriter>().UpsertAsync([.. rows], null, default);
        return await db.Set<Member>().OrderBy(m => m.ExternalId).Select(m => m.Id).ToArrayAsync();
    }
}
