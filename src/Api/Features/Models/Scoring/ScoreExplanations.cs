using Noah.Prediction.Attribution;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Scoring;

/// <summary>Which features bring about each score, by Shapley values against the same reference members every time.</summary>
internal sealed class ScoreExplanations
{
    /// <summary>Each member costs hundreds of scores for each action and outcome.</summary>
    public const int MostMembers = 50;

    private const int Top = 5;

    private readonly Dictionary<string, Explanation[][]> _byMetric = new(StringComparer.Ordinal);

    private ScoreExplanations()
    {
    }

    public static ScoreExplanations Of(LoadedVersion version, ModelSpecification specification, int actions, FeatureTable features)
    {
        var options = new ExplanationOptions { Reference = version.Reference, Permutations = 2 * ReferenceMembers.Count };
        var explanations = new ScoreExplanations();
        if (version.Predictors.Response is { } response)
        {
            foreach (var (outcome, name) in specification.Responses.Index())
            {
                explanations._byMetric[name] = [.. Enumerable.Range(0, actions).Select(action => response.Explain(features, action, outcome, Top, options))];
            }
        }

        // An amount that nobody ever had has no logarithm to explain.
        if (version.Predictors.Value is { Positives: > 0 } value)
        {
            explanations._byMetric[specification.Value!] = [.. Enumerable.Range(0, actions).Select(action => value.Explain(features, action, Top, options))];
        }

        return explanations;
    }

    /// <summary>By metric, for one member under one action.</summary>
    public IReadOnlyDictionary<string, ExplanationView> For(int action, int row) =>
        _byMetric.ToDictionary(metric => metric.Key, metric => ExplanationView.Of(metric.Value[action][row]), StringComparer.Ordinal);
}

/// <summary>How a score comes about: baseline, contributions and the rest add up to it. Log odds of a response, logarithm of an amount; before calibration.</summary>
/// <param name="Baseline">Mean score of the reference members.</param>
/// <param name="Score">Of this member.</param>
/// <param name="Contributions">The features that add or take away most, the largest first.</param>
/// <param name="Rest">All other features together.</param>
internal sealed record ExplanationView(double Baseline, double Score, IReadOnlyList<ContributionView> Contributions, double Rest)
{
    public static ExplanationView Of(Explanation explanation) => new(
        explanation.Baseline,
        explanation.Score,
        [.. explanation.Contributions.Select(contribution => new ContributionView(contribution.Feature, contribution.Contribution, contribution.Value))],
        explanation.Remainder);
}

/// <param name="Feature">Name of the attribute.</param>
/// <param name="Contribution">What it adds to the score.</param>
/// <param name="Value">What it is for this member; absent where it is missing.</param>
internal sealed record ContributionView(string Feature, double Contribution, string? Value = null);
