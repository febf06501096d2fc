using Microsoft.Extensions.Logging;
using Noah.Api.Features.Models.Trainer;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Training;
using Noah.Api.Features.Training.Contracts;
using Noah.Api.Platform.Security;
using Noah.Prediction.Features;

namespace Noah.Api.Tests.Features.Training;

/// <summary>A training on a column of identifiers: 229,000 long names, all counted, are 460 MB; its process may hold three quarters of half a gigabyte.</summary>
internal sealed class HungryOperation(TrainerOptions options, ILogger<TrainerProcess> logger) : IOperationHandler
{
    public const string OperationKind = "tests.hungry";

    private const int Groups = 14, NameLength = 1000;

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var trainer = new TrainerProcess(options with { MemoryGigabytes = 0.5 }, logger);
        await trainer.RunAsync(
            new TrainerTask<TrainerResult>(Learning.Kind, (folder, stop) => Task.Run(() => Write(folder), stop), TrainerResult.Read), run, cancellationToken);
        return new OperationOutcome(null);
    }

    private static void Write(string folder)
    {
        var terms = new TrainerTerms([new TrainerArm("none", 1), new TrainerArm("mail", 1)], ["visit"], 1, 1);
        int[] rows = [.. Enumerable.Range(0, RowFileWriter.GroupRows)];
        using var job = JobRows.Create(folder, terms);
        for (var group = 0; group < Groups; group++)
        {
            job.Add(new TrainerJob(
                terms,
                new FeatureTable([FeatureColumn.Categorical("id", Array.ConvertAll(rows, string? (row) => $"{group}-{row}".PadRight(NameLength, '.')))]),
                Array.ConvertAll(rows, row => row % 2),
                Array.ConvertAll(rows, _ => 0.5),
                Array.ConvertAll(rows, row => row / 2 % 2),
                new Dictionary<string, float[]> { ["visit"] = Array.ConvertAll(rows, row => row % 3 == 0 ? 1f : 0f) }));
        }

        job.Finish();
    }
}
