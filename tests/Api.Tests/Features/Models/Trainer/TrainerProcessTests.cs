using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Models.Trainer;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;

namespace Noah.Api.Tests.Features.Models.Trainer;

[Trait("Needs", "Postgres")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TrainerProcessTests(NoahApplication application)
{
    [Fact]
    public async Task NativeAbort_CostsTheOperation_AndTheNextTrainingSucceeds()
    {
        var (campaign, name) = await ModelAsync(4000);
        var operation = await StartAsync(campaign, name);
        await AtAsync(campaign, operation, "training responses");
        (await TrainerChild.FindAsync(operation)).Signal(TrainerChild.Abort);
        var ended = await EndedAsync(campaign, operation);

        Assert.Equal("FAILED", ended.GetProperty("state").GetString());
        var problem = ended.GetProperty("error");
        Assert.Equal("trainer-died", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.Contains("SIGABRT", detail, StringComparison.Ordinal);
        // Training goes on while a signal is on its way: the stage may be a later one.
        Assert.Matches("in the stage '(?!starting)[a-z -]+'", detail);
        Assert.Equal("DRAFT", (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("state").GetString());
        Assert.Empty(FoldersOf(operation));

        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        Assert.Equal(1, (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("activeVersion").GetInt32());
    }

    [Fact]
    public async Task Cancelling_LeavesNeitherProcessNorFolder()
    {
        var (campaign, name) = await ModelAsync(4000);
        var operation = await StartAsync(campaign, name);
        var child = await TrainerChild.FindAsync(operation);
        Assert.True(child.Lives);
        Assert.Single(FoldersOf(operation), folder => Directory.Exists(folder));
        await campaign.Tenant.PostAsync($"/v1/{operation}:cancel", new { });

        Assert.Equal("CANCELLED", (await EndedAsync(campaign, operation)).GetProperty("state").GetString());
        Assert.False(child.Lives);
        Assert.Empty(FoldersOf(operation));
    }

    [Fact]
    public async Task Process_KnowsNoSecret_AndNoMember()
    {
        var (campaign, name) = await ModelAsync(4000);
        var operation = await StartAsync(campaign, name);
        await AtAsync(campaign, operation, "training responses");
        var child = await TrainerChild.FindAsync(operation);
        var names = child.EnvironmentNames;
        var folder = FoldersOf(operation).Single(Directory.Exists);
        var header = await File.ReadAllTextAsync(Path.Combine(folder, "job.json"), TestContext.Current.CancellationToken);
        var rows = await File.ReadAllBytesAsync(Path.Combine(folder, "rows.bin"), TestContext.Current.CancellationToken);
        var mode = File.GetUnixFileMode(folder);
        await campaign.Tenant.PostAsync($"/v1/{operation}:cancel", new { });
        await EndedAsync(campaign, operation);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
        Assert.DoesNotContain(names, variable => variable.Contains("Noah", StringComparison.OrdinalIgnoreCase) || variable.Contains("ConnectionStrings", StringComparison.Ordinal));
        Assert.DoesNotContain(names, variable => variable is "HOME" or "USER");
        Assert.All(campaign.Members.Take(50), member =>
        {
            Assert.Equal(-1, rows.AsSpan().IndexOf(member.ToByteArray()));
            Assert.Equal(-1, rows.AsSpan().IndexOf(member.ToByteArray(bigEndian: true)));
            Assert.DoesNotContain(member.ToString("N"), header.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        });
    }

    private string[] FoldersOf(string operation)
    {
        Assert.True(PublicId.TryParse("op", operation["operations/".Length..], out var id));
        return Directory.GetFileSystemEntries(application.Services.GetRequiredService<TrainerOptions>().Folder, $"{id:N}*");
    }

    private async Task<(PastCampaign Campaign, string Name)> ModelAsync(int members)
    {
        var campaign = await PastCampaign.CreateAsync(application, members);
        var model = await campaign.Tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment, seed = 7 });
        return (campaign, model.GetProperty("name").GetString()!);
    }

    private static async Task<string> StartAsync(PastCampaign campaign, string model)
    {
        using var response = await campaign.Tenant.SendAsync(HttpMethod.Post, $"/v1/{model}:train", new { });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString()!;
    }

    private static async Task AtAsync(PastCampaign campaign, string operation, string stage) =>
        await UntilAsync(campaign, operation, view => view.GetProperty("progress").TryGetProperty("stage", out var at) && at.GetString() == stage, $"is in the stage '{stage}'");

    private static Task<JsonElement> EndedAsync(PastCampaign campaign, string operation) =>
        UntilAsync(campaign, operation, view => view.GetProperty("done").GetBoolean(), "has ended");

    private static async Task<JsonElement> UntilAsync(PastCampaign campaign, string operation, Func<JsonElement, bool> holds, string what)
    {
        for (var attempt = 0; attempt < 2400; attempt++)
        {
            var view = await campaign.Tenant.GetAsync($"/v1/{operation}");
            if (holds(view))
            {
                return view;
            }

            Assert.False(view.GetProperty("done").GetBoolean(), $"{operation} ended before it {what}: {view.GetRawText()}");
            await Task.Delay(25);
        }

        throw new TimeoutException($"{operation} never {what}.");
    }
}
