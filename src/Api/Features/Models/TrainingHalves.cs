using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Experimentation.Assignment;

namespace Noah.Api.Features.Models;

/// <summary>What stays of an experiment's rows when they have streamed by: a bounded number of each half, and counts of all.</summary>
/// <param name="Training">Members to learn from: all of them, or as many as yardsticks and profiles need, drawn by a hash.</param>
/// <param name="HeldOut">Members of the other half, drawn alike: those that judge.</param>
/// <param name="TrainingMembers">All of the training half.</param>
/// <param name="TrainingPerArm">By arm.</param>
/// <param name="HeldOutMembers">All of the other half.</param>
internal sealed record TrainingHalves(
    TrainingData Training, TrainingData HeldOut, IReadOnlyList<Guid> TrainingMembers, IReadOnlyList<int> TrainingPerArm, int HeldOutMembers)
{
    /// <summary>More of a half than this adds nothing to what is judged by it: an interval of an AUC is below ±0.002.</summary>
    public const int MostKept = 200_000;

    /// <summary>Fewer members in either half teach nothing and judge nothing.</summary>
    private const int FewestMembers = 200;

    /// <summary>
    /// Splits the experiment's members, as they come, into those to learn from and those that stay unseen. The split depends on member and salt
    /// alone: it is the same on every machine and in every rerun, and members that join later change nobody's side.
    /// </summary>
    /// <param name="rows">The experiment's.</param>
    /// <param name="experiment">Which.</param>
    /// <param name="specification">Features, outcomes, share.</param>
    /// <param name="salt">Of the split.</param>
    /// <param name="learn">Given each batch of members to learn from.</param>
    /// <param name="run">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TrainingHalves> ReadAsync(
        IExperimentRows rows, ExperimentTerms experiment, ModelSpecification specification, string salt, Action<TrainingData> learn, OperationRun run,
        CancellationToken cancellationToken)
    {
        var total = await rows.CountAsync(experiment.ExperimentId, cancellationToken);
        var (training, heldOut) = (new Kept(total * specification.TrainingShare, salt), new Kept(total * (1 - specification.TrainingShare), salt));
        var (members, perArm, unseen, read) = (new List<Guid>(), new int[experiment.Arms.Count], 0, 0L);
        await foreach (var batch in rows.ReadAsync(experiment.ExperimentId, cancellationToken))
        {
            var data = TrainingData.Of(batch, specification);
            var sides = Enumerable.Range(0, data.Count).ToLookup(row => SaltedHash.Uniform(data.MemberIds[row], salt) < specification.TrainingShare);
            var (ours, theirs) = (data.Select([.. sides[true]]), data.Select([.. sides[false]]));
            members.AddRange(ours.MemberIds);
            Array.ForEach(ours.Arms, arm => perArm[arm]++);
            unseen += theirs.Count;
            training.Add(ours);
            heldOut.Add(theirs);
            learn(ours);
            await run.ReportAsync("reading", read += data.Count, total, "members", cancellationToken);
        }

        if (read == 0)
        {
            throw new ProblemException(ProblemType.NotReady, "The experiment has no exposed members yet: import its exposures first.");
        }

        if (Math.Min(members.Count, unseen) < FewestMembers)
        {
            throw new ProblemException(
                ProblemType.NotReady, $"The halves have {members.Count} and {unseen} members with exposures; {FewestMembers} are needed in each.");
        }

        return new TrainingHalves(training.Build(), heldOut.Build(), members, perArm, unseen);
    }

    /// <summary>A bounded sample of a half.</summary>
    /// <param name="expected">Members of it.</param>
    /// <param name="salt">Another hash than that of the split.</param>
    private sealed class Kept(double expected, string salt)
    {
        private readonly double _share = MostKept / Math.Max(1, expected);
        private readonly List<TrainingData> _batches = [];

        public void Add(TrainingData batch)
        {
            int[] rows = [.. Enumerable.Range(0, batch.Count).Where(row => _share >= 1 || SaltedHash.Uniform(batch.MemberIds[row], $"{salt}/kept") < _share)];
            _batches.Add(rows.Length == batch.Count ? batch : batch.Select(rows));
        }

        public TrainingData Build() => TrainingData.Concat(_batches);
    }
}
