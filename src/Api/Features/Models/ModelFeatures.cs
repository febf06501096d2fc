using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models;

/// <summary>Members as the predictors see them: the attributes that a model names.</summary>
internal static class ModelFeatures
{
    public static FeatureTable Build(MemberTable members, IReadOnlyList<string> features)
    {
        var columns = members.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return new FeatureTable([.. features.SelectMany(name => columns.TryGetValue(name, out var column)
            ? MemberFeatures.Of(column, name)
            : throw new ProblemException(ProblemType.NotReady, $"The model needs the attribute '{name}', which is not declared any more."))]);
    }
}
