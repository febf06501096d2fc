using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Prediction.Features;
using Noah.Prediction.Response;

namespace Noah.Api.Features.Models;

/// <summary>A refresh goes on with what a version knows: features and actions must still be those it was trained with.</summary>
internal static class RefreshSchema
{
    public static void RequireArms(ExperimentTerms experiment, ResponseModel known, int version)
    {
        if (!experiment.Arms.Select(arm => arm.Name).SequenceEqual(known.Options.Actions))
        {
            throw new ProblemException(ProblemType.NotReady, $"The experiment's arms are no longer those that version {version} was trained with: train the model anew.");
        }
    }

    /// <summary>The features of the version alone.</summary>
    public static FeatureTable Restrict(FeatureTable table, ResponseModel known, int version) => new([.. known.Encoder.Schema.Select(spec =>
        table.Columns.FirstOrDefault(column => column.Spec.Name == spec.Name) is not { } column
            ? throw new ProblemException(ProblemType.NotReady, $"The attribute '{spec.Name}', which version {version} was trained with, is gone: train the model anew.")
            : column.Spec == spec
                ? column
                : throw new ProblemException(
                    ProblemType.NotReady, $"The attribute '{spec.Name}' is {column.Spec.Kind} now and was {spec.Kind} when version {version} was trained: train the model anew."))]);
}
