using Noah.Api.Features.Models.Contracts;
using Noah.Prediction.Features;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>All predictions of one version for the members of a table: what plans are made from and what online scoring answers.</summary>
/// <param name="Responses">Probabilities by outcome name: [action][member].</param>
/// <param name="Values">[action][member]; empty where the model has no value.</param>
/// <param name="Increments">By action; the control's is empty.</param>
internal sealed record MemberScores(
    IReadOnlyDictionary<string, float[][]> Responses, ValuePrediction[][] Values, IReadOnlyList<ActionIncrement> Increments)
{
    public static MemberScores Of(Predictors predictors, ModelSpecification specification, ModelCard card, FeatureTable features)
    {
        var probabilities = predictors.Response?.PredictAll(features) ?? [];
        var values = predictors.Value?.PredictAll(features) ?? [];
        return new MemberScores(
            probabilities.Index().ToDictionary(outcome => specification.Responses[outcome.Index], outcome => outcome.Item, StringComparer.Ordinal),
            values,
            [.. card.Data.Actions.Select((action, index) => Increment(card, predictors, action, index, values, features))]);
    }

    private static ActionIncrement Increment(
        ModelCard card, Predictors predictors, string action, int index, ValuePrediction[][] values, FeatureTable features)
    {
        var found = card.Increments.FirstOrDefault(increment => increment.Action == action);
        if (index == 0 || found is null)
        {
            return new ActionIncrement(action, IncrementEvidence.None, 0, 0, 0, index == 0 ? [] : new double[features.Rows]);
        }

        var predicted = predictors.Increments(index, values, features);
        return new ActionIncrement(
            action,
            found.Evidence,
            found.AverageEffect,
            found.AverageLower,
            found.AverageUpper,
            Array.ConvertAll(predicted, increment => IncrementEvidence.Calibrate(found, increment)));
    }
}
