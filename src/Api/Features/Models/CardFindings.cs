using System.Globalization;
using System.Text.Json;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models;

/// <summary>What training found odd about columns, for whoever can mend the data.</summary>
internal static class CardFindings
{
    public static CardFinding[] Of(Predictors predictors) =>
    [
        .. (predictors.Response?.Training.Warnings ?? []).Concat(predictors.Value?.Training.Warnings ?? [])
            .DistinctBy(warning => (warning.Column, warning.Condition))
            .Select(warning => new CardFinding(warning.Column, JsonNamingPolicy.CamelCase.ConvertName(warning.Condition.ToString()), Sentence(warning))),
    ];

    private static string Sentence(ColumnWarning warning) => warning.Condition switch
    {
        ColumnCondition.Constant => $"{warning.Column} has one value in all rows, so nothing can be learnt from it.",
        ColumnCondition.Empty => $"{warning.Column} is missing in all rows, so nothing can be learnt from it.",
        ColumnCondition.Outlier => $"{warning.Column} holds {Number(warning.Value)}, more than a million deviations from the middle: most likely a fault of the data.",
        ColumnCondition.HighCardinality => $"{warning.Column} has too many different names ({Number(warning.Value)}) to tell much: most likely an identifier.",
        ColumnCondition.OneClass => $"{warning.Column} is the same for all members, so every prediction of it is one constant.",
        _ => $"{warning.Column}: {warning.Condition}.",
    };

    private static string Number(double? value) => value is { } known ? known.ToString("G6", CultureInfo.InvariantCulture) : "an unknown number";
}
