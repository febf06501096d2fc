using Noah.Api.Platform.Persistence;
using Noah.Cli.LocalServices;

namespace Noah.Api.Tests.Features.Sending;

/// <summary>A real process, a real mail server, a real SIGKILL.</summary>
[Trait("Needs", "Postgres")]
public sealed class CrashTests(SendingHost host) : IClassFixture<SendingHost>
{
    private const int Sends = 60;
    private const int MailsBeforeTheCrash = 7;

    [Fact]
    public async Task KilledBetweenHandOverAndCommit_LosesNothing_AndDoublesNothing()
    {
        var (first, address) = await host.StartProcessAsync(
            ("Noah:Smtp:Connections", "1"), ("Noah:FaultPoint:AfterHandOver", $"{MailsBeforeTheCrash}"));
        await using var killed = first;
        var world = new SendingWorld(host, await SendingHost.CreateTenantAsync(() => new HttpClient { BaseAddress = address }));
        var campaign = await world.AddCampaignAsync("Ready");
        for (var i = 0; i < Sends; i++)
        {
            await world.PlanAsync(campaign, await world.AddMemberAsync($"m{i}@example.invalid"));
        }

        await world.SetCampaignStateAsync(campaign.Campaign, "Running");
        var taken = await host.Mail.WaitForAsync(MailsBeforeTheCrash + 1);
        NativeProcess.SendToProcess(first.Id, NativeProcess.Kill);
        await first.WaitAsync(TestContext.Current.CancellationToken);

        // The lease of the dead runs out, as it would by itself after half a minute.
        await world.ExecuteAsync("UPDATE sends SET lease_until = now() WHERE state = 'Claimed'");
        var (second, next) = await host.StartProcessAsync();
        await using var restarted = second;
        var after = new SendingWorld(host, world.Tenant with { Client = Connect(next, world.Tenant) });
        var summary = await after.DrainAsync(campaign.Campaign);

        var mails = host.Mail.Messages();
        Assert.Equal(Sends, mails.Count);
        Assert.Equal(Sends, mails.Select(mail => mail.Headers["Message-Id"]).Distinct().Count());
        Assert.Equal(Sends - 1, summary.GetProperty("handedOver").GetInt32());
        Assert.Equal(1, summary.GetProperty("unknown").GetInt32());
        Assert.Equal(0, summary.GetProperty("waiting").GetInt32());
        Assert.True(PublicId.TryParse("snd", taken[^1].Headers["X-Noah-Send"], out var inDoubt));
        Assert.Equal(("UNKNOWN", "workerLostDuringHandOver"), await after.StateAsync(inDoubt));
    }

    private static HttpClient Connect(Uri address, TestTenant tenant)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {tenant.Secret}");
        return client;
    }
}
