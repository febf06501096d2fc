using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Segments.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Imports;

namespace Noah.Api.Tests.Features.Segments;

[Trait("Needs", "Postgres")]
public sealed class SegmentEvaluationTests(NoahApplication application)
{
    private const int Members = 300;
    private const int RandomFilters = 60;
    private static readonly string[] Channels = ["Web", "Phone", "Multi-channel", "web'; DROP TABLE members; --"];

    [Fact]
    public async Task Segment_MatchesWhatABruteForceEvaluationMatches()
    {
        var random = new Random(20260302);
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var members = Enumerable.Range(0, Members).Select(i => Draw(i, random)).ToList();
        await ImportAsync(tenant, members);
        var filters = Enumerable.Range(0, RandomFilters).Select(_ => DrawFilter(random, 3)).Append(new JsonObject { ["everyone"] = true }).ToList();

        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        var ids = await scope.ServiceProvider.GetRequiredService<IMemberDirectory>().FindMembersAsync([.. members.Select(m => m.Id)], default);
        var segments = scope.ServiceProvider.GetRequiredService<ISegmentMembers>();
        var clock = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        foreach (var filter in filters)
        {
            var segment = (await tenant.PostAsync("/v1/segments", new { displayName = "S", filter })).GetProperty("name").GetString()!;
            PublicId.TryParse("seg", segment["segments/".Length..], out var segmentId);

            DateTimeOffset now;
            IReadOnlyList<Guid>? matched;
            int estimate;
            do
            {
                // Other tests move the clock that all of them share.
                now = clock.GetUtcNow();
                matched = await segments.ReadAsync(segmentId, default);
                estimate = (await tenant.PostAsync($"/v1/{segment}:estimate", new { })).GetProperty("count").GetInt32();
            }
            while (now != clock.GetUtcNow());

            var expected = members.Where(m => BruteForceFilter.Matches(filter, m, now)).Select(m => ids[m.Id]).Order();
            Assert.True(expected.SequenceEqual(matched!), filter.ToJsonString());
            Assert.Equal(matched!.Count, estimate);
        }
    }

    private static KnownMember Draw(int index, Random random)
    {
        var attributes = new JsonObject();
        if (random.Next(5) > 0)
        {
            attributes["recency"] = random.Next(0, 24) / 2.0;
        }

        if (random.Next(5) > 0)
        {
            attributes["channel"] = Channels[random.Next(Channels.Length)];
        }

        if (random.Next(5) > 0)
        {
            attributes["newbie"] = random.Next(2) == 0;
        }

        if (random.Next(5) > 0)
        {
            attributes["joined"] = new DateOnly(2024, 1, 1).AddDays(random.Next(700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var events = Enumerable.Range(0, random.Next(4))
            .Select(_ => (random.Next(2) == 0 ? "purchase" : "visit", NoahApplication.ClockStart.AddDays(-random.Next(1, 700)).AddMinutes(-1))).ToList();
        return new KnownMember($"m{index}", attributes, events, random.Next(2) == 0);
    }

    private static JsonObject DrawFilter(Random random, int depth) => (depth == 0 ? random.Next(3, 9) : random.Next(9)) switch
    {
        0 => new JsonObject { ["all"] = DrawList(random, depth) },
        1 => new JsonObject { ["any"] = DrawList(random, depth) },
        2 => new JsonObject { ["not"] = DrawFilter(random, depth - 1) },
        3 => Attribute("recency", Pick(random, "eq", "ne", "lt", "lte", "gt", "gte"), random.Next(0, 24) / 2.0),
        4 => Attribute("joined", Pick(random, "lt", "lte", "gt", "gte"), $"2024-{random.Next(1, 13):00}-01"),
        5 => random.Next(2) == 0
            ? Attribute("channel", "in", new JsonArray(Channels[random.Next(4)], Channels[random.Next(4)]))
            : Attribute("channel", Pick(random, "eq", "ne", "contains"), random.Next(2) == 0 ? "web" : Channels[random.Next(4)]),
        6 => random.Next(2) == 0 ? Attribute("newbie", "eq", random.Next(2) == 0) : new JsonObject { ["attribute"] = "newbie", ["op"] = "exists" },
        7 => new JsonObject
        {
            ["event"] = Pick(random, "purchase", "visit"),
            ["op"] = "atLeast",
            ["count"] = random.Next(1, 3),
            ["withinDays"] = random.Next(30, 700),
        },
        _ => new JsonObject { ["consent"] = new JsonObject { ["channel"] = "email", ["topic"] = "marketing" } },
    };

    private static JsonArray DrawList(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => DrawFilter(random, depth - 1))];

    private static JsonObject Attribute(string name, string op, JsonNode value) => new() { ["attribute"] = name, ["op"] = op, ["value"] = value };

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    private static async Task ImportAsync(TestTenant tenant, List<KnownMember> members)
    {
        var csv = new StringBuilder("id,recency,channel,newbie,joined,yes\n");
        var events = new StringBuilder("event,id,type,at\n");
        foreach (var member in members)
        {
            var values = new[] { "recency", "channel", "newbie", "joined" }.Select(name => $"\"{member.Attributes[name]}\"");
            csv.Append(CultureInfo.InvariantCulture, $"{member.Id},{string.Join(',', values)},{member.Consents}\n");
            for (var index = 0; index < member.Events.Count; index++)
            {
                events.Append(CultureInfo.InvariantCulture, $"{member.Id}-{index},{member.Id},{member.Events[index].Type},{member.Events[index].At:O}\n");
            }
        }

        var import = await tenant.ImportAsync(
            new
            {
                kind = "members",
                columns = new { externalId = "id", attributes = new { recency = "recency", channel = "channel", newbie = "newbie", joined = "joined" } },
                consent = new { channel = "email", topic = "marketing", source = "form", column = "yes" },
            },
            csv.ToString());
        Assert.Equal(Members, import.GetProperty("rowsImported").GetInt32());
        import = await tenant.ImportAsync(
            new { kind = "events", columns = new { eventId = "event", member = "id", type = "type", occurredAt = "at" } }, events.ToString());
        Assert.Equal(0, import.GetProperty("rowsFailed").GetInt32());
    }
}
