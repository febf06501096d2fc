using System.Text.Json;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Tests.Features.Sending;

/// <summary>What sends need of other features, put straight into their tables: a campaign with a wording, and members with consent.</summary>
internal sealed class SendingWorld(SendingHost host, TestTenant tenant)
{
    public const string Html = "<html><body><p>Hello {{firstName}}</p></body></html>";

    public TestTenant Tenant => tenant;

    public async Task<Guid> AddMemberAsync(string? email, bool consents = true, string firstName = "Ada")
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            "INSERT INTO members (tenant_id, id, external_id, email, attributes, created_at, updated_at) VALUES ($1, $2, $3, $4, $5::jsonb, now(), now())",
            tenant.Id, id, id.ToString(), (object?)email ?? DBNull.Value, JsonSerializer.Serialize(new { firstName }));
        await ExecuteAsync(
            "INSERT INTO attribute_definitions (tenant_id, name, type, personal, created_at) VALUES ($1, 'firstName', 'Text', true, now()) ON CONFLICT DO NOTHING",
            tenant.Id);
        if (consents)
        {
            await SayAsync(id, "Granted");
        }

        return id;
    }

    /// <summary>A word on e-mail marketing, committed at once.</summary>
    public Task SayAsync(Guid member, string state) => ExecuteAsync(
        """
        INSERT INTO consents (tenant_id, id, member_id, channel, topic, state, source, occurred_at, recorded_at)
        VALUES ($1, $2, $3, 'email', 'marketing', $4, 'test', $5, $5)
        """, tenant.Id, Guid.CreateVersion7(), member, state, SendingHost.ClockStart.AddHours(-1));

    public async Task<(Guid Campaign, Guid Variant)> AddCampaignAsync(string state = "Running", string html = Html)
    {
        var (campaign, variant) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ExecuteAsync(
            """
            INSERT INTO campaigns (tenant_id, id, name, channel, state, topic, product_id, audience_id, action, cost_per_send,
                sender_address, sender_name, starts_at, ends_at, created_at, version)
            VALUES ($1, $2, $3, 'Email', $4, 'marketing', $5, $6, 'mens', 0.01, 'shop@shop.invalid', 'Shop', $7, $8, now(), 1)
            """,
            tenant.Id, campaign, $"Campaign {campaign}", state, Guid.NewGuid(), Guid.NewGuid(), SendingHost.ClockStart.AddDays(-1), SendingHost.ClockStart.AddDays(30));
        await ExecuteAsync(
            """
            INSERT INTO content_variants (tenant_id, id, campaign_id, name, subject, html, text, created_at)
            VALUES ($1, $2, $3, 'a', 'News for {{firstName}}', $4, 'Hello {{firstName}}', now())
            """, tenant.Id, variant, campaign, html);
        return (campaign, variant);
    }

    public Task SetCampaignStateAsync(Guid campaign, string state) =>
        ExecuteAsync("UPDATE campaigns SET state = $3 WHERE tenant_id = $1 AND id = $2", tenant.Id, campaign, state);

    /// <summary>Plans a send that is due as soon as its campaign runs.</summary>
    public async Task<Guid> PlanAsync((Guid Campaign, Guid Variant) campaign, Guid member, int weeklyCap = 9)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            INSERT INTO sends (tenant_id, id, run_id, campaign_id, member_id, variant_id, state, due_at, expires_at, propensity, weekly_cap, fence, attempts, created_at)
            VALUES ($1, $2, $2, $3, $4, $5, 'Planned', $6, $7, 1, $8, 0, 0, now())
            """,
            tenant.Id, id, campaign.Campaign, member, campaign.Variant, SendingHost.ClockStart.AddHours(-1), SendingHost.ClockStart.AddDays(2), weeklyCap);
        return id;
    }

    public async Task<(string State, string? Reason)> StateAsync(Guid send)
    {
        var view = await tenant.GetAsync($"/v1/sends/{PublicId.Format("snd", send)}");
        return (view.GetProperty("state").GetString()!, view.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }

    public Task<JsonElement> SummaryAsync(Guid campaign) => tenant.GetAsync($"/v1/campaigns/{PublicId.Format("cmp", campaign)}/sends:summary");

    /// <summary>Waits until nothing of the campaign is due any more.</summary>
    public async Task<JsonElement> DrainAsync(Guid campaign)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var summary = await SummaryAsync(campaign);
            if (summary.GetProperty("due").GetInt32() == 0)
            {
                return summary;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException((await SummaryAsync(campaign)).GetRawText());
    }

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(host.Database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
