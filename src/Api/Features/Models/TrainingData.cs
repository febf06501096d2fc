using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models;

/// <summary>Some of an experiment's members: features, arm, probability of that arm, and outcomes, one entry a member.</summary>
internal sealed record TrainingData(
    Guid[] MemberIds, FeatureTable Features, int[] Arms, double[] Propensities, IReadOnlyDictionary<string, float[]> Outcomes)
{
    public int Count => MemberIds.Length;

    /// <param name="rows">As they are streamed.</param>
    /// <param name="specification">Which features and outcomes.</param>
    public static TrainingData Of(ExperimentRows rows, ModelSpecification specification)
    {
        if (specification.Value is { } amount && rows.Outcomes[amount].Any(total => total < 0))
        {
            throw new ProblemException(ProblemType.NotReady, $"The metric '{amount}' has members with a negative total, which a value model can't learn.");
        }

        return new TrainingData(
            rows.Members.MemberIds,
            ModelFeatures.Build(rows.Members, specification.Features),
            rows.ArmIndex,
            rows.Propensity,
            specification.Outcomes.ToDictionary(name => name, name => Array.ConvertAll(rows.Outcomes[name], value => (float)value), StringComparer.Ordinal));
    }

    /// <param name="batches">At least one.</param>
    public static TrainingData Concat(IReadOnlyList<TrainingData> batches) => batches.Count == 1 ? batches[0] : new(
        [.. batches.SelectMany(batch => batch.MemberIds)],
        FeatureTables.Concat([.. batches.Select(batch => batch.Features)]),
        [.. batches.SelectMany(batch => batch.Arms)],
        [.. batches.SelectMany(batch => batch.Propensities)],
        batches[0].Outcomes.Keys.ToDictionary(name => name, name => batches.SelectMany(batch => batch.Outcomes[name]).ToArray(), StringComparer.Ordinal));

    public TrainingData Select(int[] rows) => new(
        [.. rows.Select(row => MemberIds[row])],
        Features.Select(rows),
        [.. rows.Select(row => Arms[row])],
        [.. rows.Select(row => Propensities[row])],
        Outcomes.ToDictionary(outcome => outcome.Key, outcome => rows.Select(row => outcome.Value[row]).ToArray(), StringComparer.Ordinal));
}
