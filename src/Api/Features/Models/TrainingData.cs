using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Experimentation.Assignment;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models;

/// <summary>One half of an experiment's members: features, arm, probability of that arm, and outcomes, one entry a member.</summary>
internal sealed record TrainingData(
    Guid[] MemberIds, FeatureTable Features, int[] Arms, double[] Propensities, IReadOnlyDictionary<string, float[]> Outcomes)
{
    public int Count => MemberIds.Length;

    public TrainingData Select(int[] rows) => new(
        [.. rows.Select(row => MemberIds[row])],
        Features.Select(rows),
        [.. rows.Select(row => Arms[row])],
        [.. rows.Select(row => Propensities[row])],
        Outcomes.ToDictionary(outcome => outcome.Key, outcome => rows.Select(row => outcome.Value[row]).ToArray(), StringComparer.Ordinal));

    /// <summary>
    /// Splits the experiment's members into those to learn from and those that stay unseen. The split depends on member and salt alone:
    /// it is the same on every machine and in every rerun, and members that join later change nobody's side.
    /// </summary>
    public static (TrainingData Training, TrainingData HeldOut) Split(
        ExperimentData experiment, MemberTable members, ModelSpecification specification, string salt)
    {
        var whole = Join(experiment, members, specification);
        var rows = Enumerable.Range(0, whole.Count).ToLookup(row => SaltedHash.Uniform(whole.MemberIds[row], salt) < specification.TrainingShare);
        return (whole.Select([.. rows[true]]), whole.Select([.. rows[false]]));
    }

    /// <summary>Exposures of members that have been erased since have no features and are left out.</summary>
    private static TrainingData Join(ExperimentData experiment, MemberTable members, ModelSpecification specification)
    {
        List<int> units = [], rows = [];
        for (int unit = 0, row = 0; unit < experiment.MemberIds.Length && row < members.Count;)
        {
            var order = experiment.MemberIds[unit].CompareTo(members.MemberIds[row]);
            if (order == 0)
            {
                units.Add(unit);
                rows.Add(row);
            }

            unit += order <= 0 ? 1 : 0;
            row += order >= 0 ? 1 : 0;
        }

        if (units.Count == 0)
        {
            throw new ProblemException(ProblemType.NotReady, "The experiment has no exposed members yet: import its exposures first.");
        }

        string[] outcomes = [.. specification.Responses, .. specification.Value is { } value ? [value] : Array.Empty<string>()];
        return new TrainingData(
            [.. units.Select(unit => experiment.MemberIds[unit])],
            ModelFeatures.Build(members, specification.Features).Select([.. rows]),
            [.. units.Select(unit => experiment.ArmIndex[unit])],
            [.. units.Select(unit => experiment.Propensity[unit])],
            outcomes.ToDictionary(
                name => name,
                name => units.Select(unit => (float)experiment.Metrics.Single(metric => metric.Name == name).Values[unit]).ToArray(),
                StringComparer.Ordinal));
    }
}
