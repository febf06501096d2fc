using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Training;
using Noah.Api.Platform.Persistence;
using Noah.Api.Tests.Features.Experiments;
using Noah.Api.Tests.Features.Training;

namespace Noah.Api.Tests.Features.Models.Trainer;

[Trait("Needs", "Postgres")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TrainerProcessTests(NoahApplication application)
{
    [Fact]
    public async Task NativeAbort_CostsTheOperation_AndTheNextTrainingSucceeds()
    {
        var (campaign, name) = await ModelAsync(4000);
        var operation = await RunningOperation.StartAsync(campaign.Tenant, $"/v1/{name}:train");
        await operation.AtAsync("training responses");
        (await TrainerChild.FindAsync(operation.Name)).Signal(TrainerChild.Abort);
        var ended = await operation.EndedAsync();

        Assert.Equal("FAILED", ended.GetProperty("state").GetString());
        var problem = ended.GetProperty("error");
        Assert.Equal("trainer-died", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.Contains("SIGABRT", detail, StringComparison.Ordinal);
        // Training goes on while a signal is on its way: the stage may be a later one.
        Assert.Matches("in the stage '(?!starting)[a-z -]+'", detail);
        Assert.Equal("DRAFT", (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("state").GetString());
        Assert.Empty(FoldersOf(operation.Name));

        await campaign.Tenant.RunAsync($"/v1/{name}:train", new { });
        Assert.Equal(1, (await campaign.Tenant.GetAsync($"/v1/{name}")).GetProperty("activeVersion").GetInt32());
    }

    [Fact]
    public async Task Cancelling_LeavesNeitherProcessNorFolder()
    {
        var (campaign, name) = await ModelAsync(4000);
        var operation = await RunningOperation.StartAsync(campaign.Tenant, $"/v1/{name}:train");
        var child = await TrainerChild.FindAsync(operation.Name);
        Assert.True(child.Lives);
        Assert.Single(FoldersOf(operation.Name), folder => Directory.Exists(folder));
        await operation.CancelAsync();

        Assert.Equal("CANCELLED", (await operation.EndedAsync()).GetProperty("state").GetString());
        Assert.False(child.Lives);
        Assert.Empty(FoldersOf(operation.Name));
    }

    [Fact]
    public async Task Process_KnowsNoSecret_AndNoMember()
    {
        var (campaign, name) = await ModelAsync(4000);
        var operation = await RunningOperation.StartAsync(campaign.Tenant, $"/v1/{name}:train");
        await operation.AtAsync("training responses");
        var child = await TrainerChild.FindAsync(operation.Name);
        var names = child.EnvironmentNames;
        var folder = FoldersOf(operation.Name).Single(Directory.Exists);
        var header = await File.ReadAllTextAsync(Path.Combine(folder, "job.json"), TestContext.Current.CancellationToken);
        var rows = await File.ReadAllBytesAsync(Path.Combine(folder, "rows.bin"), TestContext.Current.CancellationToken);
        var mode = File.GetUnixFileMode(folder);
        await operation.CancelAsync();
        await operation.EndedAsync();

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
}
