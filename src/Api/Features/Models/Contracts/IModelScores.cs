using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Models.Contracts;

/// <summary>Scores members with a trained model.</summary>
internal interface IModelScores
{
    /// <summary>Predictions for every member of the table under every action, by the active version or a given one. Fails with a problem when the model is unknown or untrained.</summary>
    Task<ModelScores> ScoreAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken, int? version = null);

    /// <summary>One vector a member, for likeness: row-major [members × width], each row of length one.</summary>
    Task<MemberEmbedding> EmbedAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken);
}

/// <summary>Predictions of a model.</summary>
/// <param name="ModelId">Which model.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="ExperimentId">The experiment it learnt from.</param>
/// <param name="Actions">Action names; index 0 is the control (no send).</param>
/// <param name="Responses">Probabilities by outcome name: [action][member], each in [0, 1].</param>
/// <param name="Spend">Expected spend over the outcome window: [action][member], in the tenant's currency.</param>
/// <param name="Horizon">Length of the outcome window that the spend covers.</param>
/// <param name="Increments">Per action (index 0 is empty): the evidence and the calibrated increment of spend against the control.</param>
/// <param name="Training">True for members whose outcomes the model was trained on: no honest estimate may use them.</param>
internal sealed record ModelScores(
    Guid ModelId,
    int Version,
    Guid ExperimentId,
    IReadOnlyList<string> Actions,
    IReadOnlyDictionary<string, float[][]> Responses,
    double[][] Spend,
    TimeSpan Horizon,
    IReadOnlyList<ActionIncrement> Increments,
    bool[] Training);

/// <summary>What one action adds to spend, as the held-out part of the training data supports it.</summary>
/// <param name="Action">Its name.</param>
/// <param name="Evidence"><c>none</c> (average effect not distinguishable from zero), <c>average</c> (an effect, the same for everybody) or <c>individual</c> (it differs by member as predicted).</param>
/// <param name="AverageEffect">Doubly robust average increment of spend per member.</param>
/// <param name="AverageLower">Lower end of its 95 % interval.</param>
/// <param name="AverageUpper">Upper end of its 95 % interval.</param>
/// <param name="PerMember">Calibrated increment per member: the average plus the supported part of the predicted difference.</param>
internal sealed record ActionIncrement(
    string Action, string Evidence, double AverageEffect, double AverageLower, double AverageUpper, double[] PerMember);

/// <summary>Member vectors, row-major [members × width], unit length.</summary>
internal sealed record MemberEmbedding(float[] Values, int Width);
