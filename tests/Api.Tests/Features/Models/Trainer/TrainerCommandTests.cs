using System.Diagnostics;
using Noah.Api.Features.Models.Trainer;
using Noah.Api.Features.Training;
using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Features;

namespace Noah.Api.Tests.Features.Models.Trainer;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TrainerCommandTests : IDisposable
{
    private const int Killed = 137;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noah-train-");

    [Fact]
    public async Task Process_LearnsTheSameBits_AsItsOwnCodeDoesHere()
    {
        var job = Job(600);
        JobRows.Write(_folder.FullName, job);
        using var process = Start();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotNull(TrainerMessage.Parse(line)));

        var (there, here) = (TrainerResult.Read(_folder.FullName), Learning.Run(JobRows.Open(_folder.FullName), new TrainerStages(_ => { })));
        Assert.Equal(Bytes(here.Predictors.Response!.Save), Bytes(there.Predictors.Response!.Save));
        Assert.Equal(Bytes(here.Predictors.Value!.Save), Bytes(there.Predictors.Value!.Save));
        Assert.Equal(here.Increments[0].AverageEffect, there.Increments[0].AverageEffect);
        Assert.Equal(here.Increments[0].Learner, there.Increments[0].Learner);
    }

    [Fact]
    public async Task Process_WhoseWorkerIsGone_EndsItself()
    {
        JobRows.Write(_folder.FullName, Job(20_000));
        using var process = Start();
        while (TrainerMessage.Parse(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "")?.Stage != "training responses")
        {
            Assert.False(process.HasExited);
        }

        // The kernel does the same when the worker is killed.
        process.StandardInput.Close();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal(Killed, process.ExitCode);
    }

    [Fact]
    public async Task DamagedJob_IsAFault_AndNoResult()
    {
        JobRows.Write(_folder.FullName, Job(600));
        await File.AppendAllTextAsync(Path.Combine(_folder.FullName, "rows.bin"), "x", TestContext.Current.CancellationToken);
        using var process = Start();
        var last = TrainerMessage.Parse((await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TrainerProgram.Failed, process.ExitCode);
        Assert.Contains("digest", last.Fault, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => TrainerResult.Read(_folder.FullName));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Process Start() => Process.Start(TrainerCommand.Create(Learning.Kind, _folder.FullName, new TrainerOptions(2, 1, _folder.FullName)))!;

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    private static TrainerJob Job(int rows)
    {
        var random = new Random(rows);
        float[] age = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(18, 90))];
        int[] arms = [.. age.Select(_ => random.Next(2))];
        float[] visits = [.. age.Select((_, row) => random.NextDouble() < 0.2 + (0.1 * arms[row]) ? 1f : 0f)];
        return new TrainerJob(
            new TrainerTerms([new TrainerArm("none", 1), new TrainerArm("mail", 1)], ["visit"], 3, 1, "spend"),
            new FeatureTable([FeatureColumn.Numeric("age", age), FeatureColumn.Categorical("zip", [.. age.Select(_ => random.Next(3) == 0 ? null : $"zip{random.Next(4)}")])]),
            arms,
            [.. arms.Select(_ => 0.5)],
            [.. arms.Select((_, row) => row % 2)],
            new Dictionary<string, float[]> { ["visit"] = visits, ["spend"] = [.. visits.Select(visit => visit * random.Next(10, 90))] });
    }
}
