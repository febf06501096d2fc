using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Sending;
using Noah.Api.Features.Sending.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Sending;

/// <summary>From the ledger to a real mail server: who gets a mail, who does not and why, and how often.</summary>
[Trait("Needs", "Postgres")]
public sealed partial class SendingTests(SendingHost host) : IClassFixture<SendingHost>
{
    [Fact]
    public async Task DueSend_BecomesOneMail_WithOneClickUnsubscribe()
    {
        var world = await WorldAsync();
        var campaign = await world.AddCampaignAsync(html: "<html><body><p>Hello {{firstName}}</p></body></html>");
        var send = await world.PlanAsync(campaign, await world.AddMemberAsync("ada@example.invalid", firstName: "<b>Ada</b>"));
        await world.DrainAsync(campaign.Campaign);

        var name = PublicId.Format("snd", send);
        var mail = Assert.Single(host.Mail.Messages(), m => m.Headers.GetValueOrDefault("X-Noah-Send") == name);
        Assert.Equal("ada@example.invalid", Assert.Single(mail.EnvelopeTo));
        Assert.Equal($"<{name}@shop.invalid>", mail.Headers["Message-Id"]);
        Assert.Equal("\"Shop\" <shop@shop.invalid>", mail.Headers["From"].Replace("Shop <", "\"Shop\" <", StringComparison.Ordinal));
        Assert.Equal(SendingHost.ClockStart, DateTimeOffset.Parse(mail.Headers["Date"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.StartsWith("multipart/alternative", mail.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Matches("^<http://noah.invalid/u/[A-Za-z0-9_-]+>$", mail.Headers["List-Unsubscribe"]);
        Assert.Contains("&lt;b&gt;Ada", mail.Content, StringComparison.Ordinal);
        Assert.Contains("Unsubscribe</a>", mail.Content.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(("HANDED_OVER", null), await world.StateAsync(send));
    }

    [Fact]
    public async Task SendsThatAreNotAllowed_AreSkipped_WithTheirReasons()
    {
        var world = await WorldAsync();
        var (first, second) = (await world.AddCampaignAsync(), await world.AddCampaignAsync());
        var often = await world.AddMemberAsync("often@example.invalid");
        Guid[] capped = [await world.PlanAsync(first, often, weeklyCap: 1), await world.PlanAsync(second, often, weeklyCap: 1)];
        Guid[] shared =
        [
            await world.PlanAsync(first, await world.AddMemberAsync("shared@example.invalid")),
            await world.PlanAsync(first, await world.AddMemberAsync("Shared@Example.invalid")),
        ];
        var silent = await world.PlanAsync(first, await world.AddMemberAsync("silent@example.invalid", consents: false));
        await world.DrainAsync(first.Campaign);
        var summary = await world.DrainAsync(second.Campaign);

        Assert.Equal([("HANDED_OVER", null), ("SKIPPED", "capped")], [.. (await StatesAsync(world, capped)).Order()]);
        Assert.Equal([("HANDED_OVER", null), ("SKIPPED", "duplicateAddress")], [.. (await StatesAsync(world, shared)).Order()]);
        Assert.Equal(("SKIPPED", "noConsent"), await world.StateAsync(silent));
        Assert.Equal(1, summary.GetProperty("planned").GetInt32());
        Assert.Single(host.Mail.Messages(), m => m.EnvelopeTo[0].StartsWith("often@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Withdrawal_CommittedAfterThePlan_IsHonoured()
    {
        var world = await WorldAsync();
        var campaign = await world.AddCampaignAsync("Ready");
        var member = await world.AddMemberAsync("regrets@example.invalid");
        var send = await world.PlanAsync(campaign, member);
        await world.SayAsync(member, "Withdrawn");
        await world.SetCampaignStateAsync(campaign.Campaign, "Running");
        await world.DrainAsync(campaign.Campaign);

        Assert.Equal("SKIPPED", (await world.StateAsync(send)).State);
        Assert.DoesNotContain(host.Mail.Messages(), m => m.EnvelopeTo[0] == "regrets@example.invalid");
    }

    [Fact]
    public async Task SendsOfACampaignThatIsOver_EndWithTheirReason()
    {
        var world = await WorldAsync();
        var (cancelled, held, resting) = (await world.AddCampaignAsync("Cancelled"), await world.AddCampaignAsync("Paused"), await world.AddCampaignAsync("Paused"));
        Guid[] sends =
        [
            await world.PlanAsync(cancelled, await world.AddMemberAsync("over1@example.invalid")),
            await world.PlanAsync(held, await world.AddMemberAsync("over2@example.invalid")),
            await world.PlanAsync(resting, await world.AddMemberAsync("over3@example.invalid")),
        ];
        await world.ExecuteAsync(
            "UPDATE campaigns SET ends_at = $3 WHERE tenant_id = $1 AND id = $2", world.Tenant.Id, held.Campaign, SendingHost.ClockStart.AddMinutes(-1));
        await world.DrainAsync(cancelled.Campaign);
        await world.DrainAsync(held.Campaign);

        Assert.Equal([("CANCELLED", "campaignCancelled"), ("SKIPPED", "expired"), ("PLANNED", null)], await StatesAsync(world, sends));
        Assert.DoesNotContain(host.Mail.Messages(), m => m.EnvelopeTo[0].StartsWith("over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DoubledWakeUp_AndOldFence_SendNothingTwice()
    {
        var world = await WorldAsync();
        var campaign = await world.AddCampaignAsync("Paused");
        var sends = new List<ClaimedSend>();
        for (var i = 0; i < 30; i++)
        {
            sends.Add(new ClaimedSend(await world.PlanAsync(campaign, await world.AddMemberAsync($"twice{i}@example.invalid")), 5));
        }

        var late = await world.PlanAsync(campaign, await world.AddMemberAsync("late@example.invalid"));
        await world.ExecuteAsync(
            "UPDATE sends SET state = 'Claimed', fence = 5, lease_until = now() + interval '1 minute' WHERE tenant_id = $1 AND campaign_id = $2",
            world.Tenant.Id, campaign.Campaign);
        await world.SetCampaignStateAsync(campaign.Campaign, "Running");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => HandOverAsync(world, [.. sends, new ClaimedSend(late, 4)])));

        Assert.All(await StatesAsync(world, [.. sends.Select(s => s.Id)]), state => Assert.Equal(("HANDED_OVER", null), state));
        Assert.Equal(30, host.Mail.Messages().Count(m => m.EnvelopeTo[0].StartsWith("twice", StringComparison.Ordinal)));
        Assert.Equal("CLAIMED", (await world.StateAsync(late)).State);
        Assert.DoesNotContain(host.Mail.Messages(), m => m.EnvelopeTo[0] == "late@example.invalid");
    }

    [Fact]
    public async Task Unsubscribe_ShowsOnGet_ActsOnPost_AndMayBeRepeated()
    {
        var world = await WorldAsync();
        var (first, later) = (await world.AddCampaignAsync(), await world.AddCampaignAsync("Ready"));
        var member = await world.AddMemberAsync("leaves@example.invalid");
        await world.PlanAsync(first, member);
        await world.DrainAsync(first.Campaign);
        var mail = Assert.Single(host.Mail.Messages(), m => m.EnvelopeTo[0] == "leaves@example.invalid");
        var path = Link().Match(mail.Headers["List-Unsubscribe"]).Value;
        await world.SetCampaignStateAsync(first.Campaign, "Completed");
        using var client = host.CreateClient();

        using var page = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Shop &amp; Sons", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var audit = await world.Tenant.GetAsync("/v1/auditEvents");
        Assert.DoesNotContain(audit.GetProperty("items").EnumerateArray(), e => e.GetProperty("action").GetString() == "members.unsubscribe");

        for (var time = 0; time < 2; time++)
        {
            using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var done = await client.PostAsync(path, oneClick);
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }

        audit = await world.Tenant.GetAsync("/v1/auditEvents");
        var heard = Assert.Single(audit.GetProperty("items").EnumerateArray(), e => e.GetProperty("action").GetString() == "members.unsubscribe");
        Assert.Equal("signedLink", heard.GetProperty("actor").GetString());
        var next = await world.PlanAsync(later, member);
        await world.SetCampaignStateAsync(later.Campaign, "Running");
        await world.DrainAsync(later.Campaign);
        Assert.Equal("SKIPPED", (await world.StateAsync(next)).State);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(path[..^1] + (path[^1] == 'A' ? 'Q' : 'A'), null)).StatusCode);
    }

    [Fact]
    public async Task Resolve_OfAnUnknownSend_IsThePersonsWord_AndOnlyThen()
    {
        var world = await WorldAsync();
        var campaign = await world.AddCampaignAsync();
        Guid[] sends = [await world.PlanAsync(campaign, await world.AddMemberAsync("u1@example.invalid")), await world.PlanAsync(campaign, await world.AddMemberAsync("u2@example.invalid"))];
        await world.DrainAsync(campaign.Campaign);
        await world.ExecuteAsync("UPDATE sends SET state = 'Unknown', handed_over_at = NULL WHERE tenant_id = $1", world.Tenant.Id);
        string Path(Guid send) => $"/v1/sends/{PublicId.Format("snd", send)}:resolve";

        var stranger = await host.CreateTenantAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(HttpMethod.Post, Path(sends[0]), new { outcome = "notSent" })).StatusCode);
        Assert.Equal("HANDED_OVER", (await world.Tenant.PostAsync(Path(sends[0]), new { outcome = "handedOver" })).GetProperty("state").GetString());
        Assert.Equal("PLANNED", (await world.Tenant.PostAsync(Path(sends[1]), new { outcome = "notSent" })).GetProperty("state").GetString());
        using var again = await world.Tenant.SendAsync(HttpMethod.Post, Path(sends[0]), new { outcome = "notSent" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("HANDED_OVER", (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());

        await world.DrainAsync(campaign.Campaign);
        Assert.Equal(2, host.Mail.Messages().Count(m => m.EnvelopeTo[0] == "u2@example.invalid"));
        var listed = await world.Tenant.GetAsync($"/v1/campaigns/{PublicId.Format("cmp", campaign.Campaign)}/sends?state=HANDED_OVER&pageSize=1");
        Assert.Single(listed.GetProperty("items").EnumerateArray());
        Assert.NotEqual("", listed.GetProperty("nextPageToken").GetString());
    }

    [Fact]
    public async Task PlannedTwice_KeepsTheFirstLine()
    {
        var world = await WorldAsync();
        var (campaign, variant) = await world.AddCampaignAsync("Ready");
        PlannedSend[] planned =
        [
            .. Enumerable.Range(0, 50).Select(_ => new PlannedSend(
                Guid.NewGuid(), campaign, Guid.CreateVersion7(), variant, SendingHost.ClockStart, SendingHost.ClockStart.AddDays(1), 0.5, 1)),
        ];
        await using var scope = host.Services.GetRequiredService<TenantScopes>().Open(world.Tenant.Id);
        var ledger = scope.ServiceProvider.GetRequiredService<ISendLedger>();
        Assert.Equal(50, await ledger.PlanAsync(planned, TestContext.Current.CancellationToken));
        Assert.Equal(0, await ledger.PlanAsync(planned, TestContext.Current.CancellationToken));
        Assert.Equal(50, (await ledger.CountsAsync(SendingHost.ClockStart, SendingHost.ClockStart.AddDays(1), TestContext.Current.CancellationToken)).Count);
        Assert.Equal(50, await ledger.CancelAsync(campaign, TestContext.Current.CancellationToken));
        Assert.Equal(50, (await world.SummaryAsync(campaign)).GetProperty("cancelled").GetInt32());
    }

    [GeneratedRegex("/u/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    private static async Task<(string State, string? Reason)[]> StatesAsync(SendingWorld world, Guid[] sends)
    {
        var states = new List<(string, string?)>();
        foreach (var send in sends)
        {
            states.Add(await world.StateAsync(send));
        }

        return [.. states];
    }

    private async Task<SendingWorld> WorldAsync() => new(host, await host.CreateTenantAsync());

    private async Task HandOverAsync(SendingWorld world, IReadOnlyList<ClaimedSend> sends)
    {
        await using var scope = host.Services.GetRequiredService<TenantScopes>().Open(world.Tenant.Id);
        await scope.ServiceProvider.GetRequiredService<HandOver>().RunAsync(sends, TestContext.Current.CancellationToken);
    }
}
