using System.Text.Json.Serialization;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Experimentation.Assignment;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>
/// What the trainer is given: the half of an experiment's members to learn from, as rows without anything that names a member, and what to
/// learn. It never sees the held-out half, so nothing that it chooses can have looked there.
/// </summary>
/// <param name="Terms">What to learn.</param>
/// <param name="Features">The model's attributes.</param>
/// <param name="Arms">[rows] index into the arms of the terms.</param>
/// <param name="Propensities">[rows] probability of that arm, in (0, 1].</param>
/// <param name="Folds">[rows] 0 or 1: by the member's hash, so that a row is judged by what was learnt from the other fold.</param>
/// <param name="Outcomes">[rows] by metric.</param>
internal sealed record TrainerJob(
    TrainerTerms Terms, FeatureTable Features, int[] Arms, double[] Propensities, int[] Folds, IReadOnlyDictionary<string, float[]> Outcomes)
{
    public const int FoldCount = 2;

    private static readonly double[] FoldWeights = [1, 1];

    public int Rows => Arms.Length;

    public IReadOnlyList<string> Actions => Terms.Actions;

    public static TrainerJob Of(TrainingData training, TrainerTerms terms, string salt) => new(
        terms,
        training.Features,
        training.Arms,
        training.Propensities,
        [.. training.MemberIds.Select(member => SaltedHash.Bucket(member, $"{salt}/folds", FoldWeights))],
        training.Outcomes);

    /// <summary>Batches with the same features one behind the other.</summary>
    public static TrainerJob Concat(TrainerTerms terms, IReadOnlyList<TrainerJob> batches) => batches.Count == 1 ? batches[0] : new(
        terms,
        FeatureTables.Concat([.. batches.Select(batch => batch.Features)]),
        [.. batches.SelectMany(batch => batch.Arms)],
        [.. batches.SelectMany(batch => batch.Propensities)],
        [.. batches.SelectMany(batch => batch.Folds)],
        terms.Outcomes.ToDictionary(name => name, name => batches.SelectMany(batch => batch.Outcomes[name]).ToArray(), StringComparer.Ordinal));

    public TrainerJob Select(int[] rows) => new(
        Terms,
        Features.Select(rows),
        [.. rows.Select(row => Arms[row])],
        [.. rows.Select(row => Propensities[row])],
        [.. rows.Select(row => Folds[row])],
        Outcomes.ToDictionary(outcome => outcome.Key, outcome => rows.Select(row => outcome.Value[row]).ToArray(), StringComparer.Ordinal));
}

/// <param name="Arms">The control first.</param>
/// <param name="Responses">Names of yes-or-no outcomes.</param>
/// <param name="Seed">Of every random choice.</param>
/// <param name="Threads">Threads of sums.</param>
/// <param name="Value">Name of the amount; none when null.</param>
internal sealed record TrainerTerms(
    IReadOnlyList<TrainerArm> Arms, IReadOnlyList<string> Responses, int Seed, int Threads, string? Value = null)
{
    public static TrainerTerms Of(ModelSpecification specification, ExperimentTerms experiment, int threads) => new(
        [.. experiment.Arms.Select(arm => new TrainerArm(arm.Name, arm.Weight))],
        specification.Responses,
        specification.Seed,
        threads,
        specification.Value);

    [JsonIgnore]
    public IReadOnlyList<string> Actions => [.. Arms.Select(arm => arm.Name)];

    /// <summary>All that is learnt of.</summary>
    [JsonIgnore]
    public IEnumerable<string> Outcomes => Value is null ? Responses : Responses.Append(Value);
}

/// <param name="Name">Of the action.</param>
/// <param name="Weight">Planned; weights need not sum to one.</param>
internal sealed record TrainerArm(string Name, double Weight);
