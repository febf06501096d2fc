using Noah.Api.Features.Models;
using Noah.Api.Features.Models.Scoring;

namespace Noah.Api.Tests.Features.Models.Scoring;

public sealed class LoadedModelsTests
{
    private static LoadedVersion Nothing => new(new Predictors(null, null, new Dictionary<int, Noah.Prediction.Uplift.UpliftModel>()), null);

    [Fact]
    public async Task Requests_AtOnce_ShareOneLoad()
    {
        var loads = 0;
        var (models, version, gate) = (new LoadedModels(2), Guid.NewGuid(), new TaskCompletionSource<LoadedVersion>());
        Task<LoadedVersion> Load()
        {
            Interlocked.Increment(ref loads);
            return gate.Task;
        }

        var waiting = Enumerable.Range(0, 20).Select(_ => Task.Run(() => models.GetAsync(version, Load))).ToArray();
        gate.SetResult(Nothing);
        var got = await Task.WhenAll(waiting);
        Assert.Equal(1, loads);
        Assert.All(got, version => Assert.Same(got[0], version));
    }

    [Fact]
    public async Task LeastRecentlyUsed_GoesFirst()
    {
        var loads = new List<Guid>();
        var models = new LoadedModels(2);
        Guid[] versions = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var version in new[] { versions[0], versions[1], versions[0], versions[2], versions[0], versions[1] })
        {
            await models.GetAsync(version, () =>
            {
                loads.Add(version);
                return Task.FromResult(Nothing);
            });
        }

        Assert.Equal([versions[0], versions[1], versions[2], versions[1]], loads);
    }

    [Fact]
    public async Task LoadThatFails_IsTriedAgain()
    {
        var (models, version) = (new LoadedModels(2), Guid.NewGuid());
        await Assert.ThrowsAsync<InvalidDataException>(() => models.GetAsync(version, () => Task.FromException<LoadedVersion>(new InvalidDataException("damaged"))));
        var loaded = Nothing;
        Assert.Same(loaded, await models.GetAsync(version, () => Task.FromResult(loaded)));
    }
}
