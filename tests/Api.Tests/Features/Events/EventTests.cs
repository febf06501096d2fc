using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Events;

[Trait("Needs", "Postgres")]
public sealed class EventTests(NoahApplication application)
{
    [Fact]
    public async Task Batch_AnswersForEachEventAndStoresAnIdOnce()
    {
        var tenant = await WithMembersAsync();
        var product = (await tenant.PostAsync("/v1/products", new { displayName = "Mens", line = "mens", marginRate = 0.4 })).GetProperty("name").GetString();

        var first = await tenant.PostAsync("/v1/events:batch", new
        {
            events = new object[]
            {
                new { eventId = "a", member = "m1", type = "purchase", occurredAt = "2026-03-01T10:00:00Z", amount = 12.5, product },
                new { eventId = "a", member = "m1", type = "purchase", occurredAt = "2026-01-01T10:00:00Z", amount = 99 },
                new { eventId = "b", member = "m1", type = "visit", occurredAt = "2025-11-30T23:59:59Z" },
                new { eventId = "c", member = "stranger", type = "visit", occurredAt = "2026-03-01T10:00:00Z" },
                new { eventId = "d", member = "m1", type = "visit", occurredAt = "2999-03-01T10:00:00Z" },
                new { eventId = "e", member = "m1", type = "visit", occurredAt = "2026-03-01T10:00:00Z", product = "products/prd_00000000000000000000000000" },
            },
        });
        var second = await tenant.PostAsync("/v1/events:batch", new
        {
            events = new object[] { new { eventId = "b", member = "m1", type = "visit", occurredAt = "2026-03-01T00:00:00Z" } },
        });

        Assert.Equal(["accepted", "duplicate", "accepted", "invalid", "invalid", "invalid"], Statuses(first));
        Assert.Equal("/events/3/member", first.GetProperty("results")[3].GetProperty("error").GetProperty("pointer").GetString());
        Assert.Equal("/events/4/occurredAt", first.GetProperty("results")[4].GetProperty("error").GetProperty("pointer").GetString());
        Assert.Equal("/events/5/product", first.GetProperty("results")[5].GetProperty("error").GetProperty("pointer").GetString());
        Assert.Equal(["duplicate"], Statuses(second));
        var outcomes = await InTenantAsync(tenant, services => services.GetRequiredService<IEventHistory>()
            .OutcomesAsync("purchase", NoahApplication.ClockStart.AddYears(-1), NoahApplication.ClockStart, default));
        Assert.Equal(new MemberOutcome(1, 12.5m), Assert.Single(outcomes).Value);
    }

    [Fact]
    public async Task OutcomesBetween_CountEachMemberFromItsOwnStartToItsOwnEnd()
    {
        var tenant = await WithMembersAsync();
        string[] days = ["2026-01-09", "2026-01-10", "2026-02-10", "2026-02-20"];
        await tenant.PostAsync("/v1/events:batch", new
        {
            events = days.SelectMany(day => new[] { "m1", "berlin" }.Select(member => new
            {
                eventId = $"{member} {day}",
                member,
                type = "purchase",
                occurredAt = $"{day}T00:00:00Z",
                amount = 1.5,
            })),
        });

        var (outcomes, ids) = await InTenantAsync(tenant, async services =>
        {
            var ids = await services.GetRequiredService<IMemberDirectory>().FindMembersAsync(["m1", "berlin"], default);
            DateTimeOffset[] starts = [new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero), new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)];
            DateTimeOffset[] ends = [new(2026, 2, 10, 0, 0, 0, TimeSpan.Zero), new(2026, 2, 21, 0, 0, 0, TimeSpan.Zero)];
            var outcomes = await services.GetRequiredService<IEventHistory>().OutcomesBetweenAsync(
                "purchase", [ids["m1"], ids["berlin"]], starts, ends, default);
            return (outcomes, ids);
        });

        Assert.Equal(new MemberOutcome(1, 1.5m), outcomes[ids["m1"]]);
        Assert.Equal(new MemberOutcome(2, 3m), outcomes[ids["berlin"]]);
    }

    [Fact]
    public async Task Batch_WithMoreThanAThousandEvents_IsRefused()
    {
        var tenant = await application.CreateTenantAsync();
        var item = new { eventId = "a", member = "m1", type = "visit", occurredAt = "2026-03-01T10:00:00Z" };

        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/events:batch", new { events = Enumerable.Repeat(item, 1001) });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("/events", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task LocalHourCounts_FollowTheMembersOwnClock()
    {
        var tenant = await WithMembersAsync();
        await tenant.PostAsync("/v1/events:batch", new
        {
            events = new object[]
            {
                new { eventId = "a", member = "m1", type = "open", occurredAt = "2026-01-10T12:30:00Z" },
                new { eventId = "b", member = "m1", type = "click", occurredAt = "2026-01-11T12:30:00Z" },
                new { eventId = "c", member = "berlin", type = "open", occurredAt = "2026-01-10T23:30:00Z" },
            },
        });

        var (all, some) = await InTenantAsync(tenant, async services =>
        {
            var ids = await services.GetRequiredService<IMemberDirectory>().FindMembersAsync(["m1", "berlin"], default);
            async Task<(LocalHours Hours, IReadOnlyDictionary<string, Guid> Ids)> ReadAsync(params string[] members) => (
                await services.GetRequiredService<IEventHistory>().LocalHourCountsAsync(
                    ["open", "click"], [.. members.Select(member => ids[member])], NoahApplication.ClockStart.AddYears(-1), NoahApplication.ClockStart, default), ids);
            return (await ReadAsync("m1", "berlin"), await ReadAsync("berlin"));
        });

        // The tenant lives in New York, five hours behind in January; Berlin is one ahead.
        Assert.Equal([(7, 2)], Hours(all.Hours.Members[all.Ids["m1"]]));
        Assert.Equal([(0, 1)], Hours(all.Hours.Members[all.Ids["berlin"]]));
        Assert.Equal([(0, 1), (7, 2)], Hours(all.Hours.Everybody));
        Assert.Equal([(0, 1), (7, 2)], Hours(some.Hours.Everybody));
        Assert.Equal([all.Ids["berlin"]], some.Hours.Members.Keys);
    }

    private static IEnumerable<(int Hour, int Count)> Hours(int[] counts) => counts.Select((count, hour) => (hour, count)).Where(h => h.count > 0);

    private static IEnumerable<string?> Statuses(JsonElement response) =>
        response.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetString());

    private async Task<TestTenant> WithMembersAsync()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/members/m1", new { });
        await tenant.PutAsync("/v1/members/berlin", new { timeZone = "Europe/Berlin" });
        return tenant;
    }

    private async Task<T> InTenantAsync<T>(TestTenant tenant, Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        return await act(scope.ServiceProvider);
    }
}
