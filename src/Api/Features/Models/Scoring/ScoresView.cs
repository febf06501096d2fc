using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models.Scoring;

/// <summary>Scores as the API shows them.</summary>
/// <param name="Model">Resource name.</param>
/// <param name="Version">Number of the version that scored.</param>
/// <param name="Actions">What may be done, the control first, and how well its increment is known.</param>
/// <param name="Items">One entry a member, in the order asked for.</param>
/// <param name="Value">Metric of the amounts; absent where the model has none.</param>
internal sealed record ScoresView(string Model, int Version, IReadOnlyList<ActionView> Actions, IReadOnlyList<MemberScoreView> Items, string? Value = null)
{
    public static ScoresView Of(
        Model model, ModelVersion version, ModelSpecification specification, Guid[] members, MemberTable table, MemberScores scores, ScoreExplanations? explanations) => new(
        model.ResourceName(),
        version.Number,
        [.. scores.Increments.Select((increment, action) => new ActionView(increment.Action, action == 0 ? null : increment.Evidence))],
        [.. members.Select(member => MemberScoreView.Of(member, Array.BinarySearch(table.MemberIds, member), scores, explanations))],
        specification.Value);
}

/// <param name="Action">Its name.</param>
/// <param name="Evidence"><c>none</c>, <c>average</c> or <c>individual</c>; absent for the control.</param>
internal sealed record ActionView(string Action, string? Evidence = null);

/// <param name="Member">Resource name.</param>
/// <param name="Scores">One entry an action, the control first.</param>
internal sealed record MemberScoreView(string Member, IReadOnlyList<ActionScoreView> Scores)
{
    public static MemberScoreView Of(Guid member, int row, MemberScores scores, ScoreExplanations? explanations) => new(
        $"members/{PublicId.Format("mem", member)}",
        [.. scores.Increments.Select((increment, index) => new ActionScoreView(
            increment.Action,
            scores.Responses.ToDictionary(response => response.Key, response => (double)response.Value[index][row], StringComparer.Ordinal),
            index == 0 || scores.Values.Length == 0 ? null : increment.PerMember[row],
            scores.Values.Length == 0 ? null : AmountView.Of(scores.Values[index][row]),
            explanations?.For(index, row)))]);
}

/// <param name="Action">Its name.</param>
/// <param name="Responses">Probability of each yes-or-no outcome, in [0, 1].</param>
/// <param name="Increment">What the action adds to the value, as far as there is evidence; absent for the control.</param>
/// <param name="Value">Expected amount over the outcome window.</param>
/// <param name="Explanations">By metric, which features bring about the score; where asked for.</param>
internal sealed record ActionScoreView(
    string Action,
    IReadOnlyDictionary<string, double> Responses,
    double? Increment = null,
    AmountView? Value = null,
    IReadOnlyDictionary<string, ExplanationView>? Explanations = null);

/// <param name="Mean">Expectation.</param>
/// <param name="P10">Not exceeded with probability 0.1; most amounts are 0.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">Not exceeded with probability 0.9.</param>
internal sealed record AmountView(double Mean, double P10, double P50, double P90)
{
    public static AmountView Of(ValuePrediction prediction) => new(prediction.Mean, prediction.P10, prediction.P50, prediction.P90);
}
