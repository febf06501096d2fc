using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;

namespace Noah.Api.Tests.Features.Metrics;

[Trait("Needs", "Postgres")]
public sealed class StreamedWindowsTests(NoahApplication application)
{
    [Fact]
    public async Task StreamedRows_HoldWhatTheTableHolds_AlsoWhereMetricsHaveWindows()
    {
        object Metric(string name, string aggregation, string eventType, int? windowDays) => new
        {
            name,
            distribution = aggregation == "any" ? "binary" : "zeroInflated",
            eventType,
            aggregation,
            windowDays,
        };
        // Longer than one batch of rows.
        var campaign = await PastCampaign.CreateAsync(application, 9_000, new
        {
            displayName = "Autumn",
            arms = new object[] { new { name = PastCampaign.Treatment, weight = 1 }, new { name = "None", weight = 1, control = true } },
            metrics = new[]
            {
                Metric("visit", "any", "visit", null), Metric("early visit", "any", "visit", 2), Metric("spend", "sumAmount", "purchase", null),
                Metric("week's spend", "sumAmount", "purchase", 7), Metric("purchases", "count", "purchase", 7),
            },
            startedAt = PastCampaign.Start,
            endedAt = PastCampaign.Start.AddDays(20),
        });
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(campaign.Tenant.Id);
        var experiment = PastCampaign.ParseId(campaign.Experiment);
        var table = (await scope.ServiceProvider.GetRequiredService<IExperimentData>().ReadAsync(experiment, default))!;
        List<Guid> members = [];
        List<int> arms = [];
        var streamed = table.Metrics.ToDictionary(metric => metric.Name, _ => new List<double>());
        await foreach (var rows in scope.ServiceProvider.GetRequiredService<IExperimentRows>().ReadAsync(experiment, default))
        {
            members.AddRange(rows.Members.MemberIds);
            arms.AddRange(rows.ArmIndex);
            foreach (var (name, values) in rows.Outcomes)
            {
                streamed[name].AddRange(values);
            }
        }

        Assert.Equal(table.MemberIds, members);
        Assert.Equal(table.ArmIndex, arms);
        Assert.All(table.Metrics, metric => Assert.Equal(metric.Values, streamed[metric.Name]));
        double Sum(int metric) => table.Metrics[metric].Values.Sum();
        Assert.True(Sum(1) < Sum(0) && Sum(1) > 0);
        Assert.True(Sum(3) < Sum(2) - 400_000);
    }
}
