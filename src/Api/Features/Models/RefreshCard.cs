using Noah.Api.Features.Experiments.Contracts;

namespace Noah.Api.Features.Models;

/// <summary>Writes up a refresh: responses before and after it on the same held-out members; what it did not touch is taken over.</summary>
internal static class RefreshCard
{
    /// <param name="former">The version that was gone on with.</param>
    /// <param name="experiment">Where its members come from.</param>
    /// <param name="specification">What it predicts.</param>
    /// <param name="currency">Of amounts.</param>
    /// <param name="halves">All members of the experiment.</param>
    /// <param name="added">Members it went on with.</param>
    /// <param name="before">What the former version knows.</param>
    /// <param name="after">The same, refreshed.</param>
    /// <param name="seconds">By stage.</param>
    public static ModelCard Write(
        ModelVersion former, ExperimentTerms experiment, ModelSpecification specification, string currency, TrainingHalves halves, int added,
        Predictors before, Predictors after, IReadOnlyDictionary<string, double> seconds)
    {
        var card = former.ReadCard();
        var data = CardWriter.Data(experiment, specification, halves);
        CardResponse[] responses = [.. specification.Responses.Select((_, outcome) => CardScores.Response(after.Response!, outcome, halves.HeldOut))];
        var value = after.Value is { } amounts ? CardScores.Value(amounts, specification.Value!, currency, halves.HeldOut) : null;
        var refresh = new CardRefresh(
            former.Number,
            former.TrainedAt,
            added,
            [.. specification.Responses.Select((name, outcome) => new CardRefreshedOutcome(
                name, CardScores.Response(before.Response!, outcome, halves.HeldOut).HeldOut, responses[outcome].HeldOut))]);
        return card with
        {
            Summary = CardSummary.Write(data, responses, value, card.Increments, refresh),
            Data = data,
            Responses = responses,
            Value = value,
            Training = card.Training with
            {
                DataDigests = new Dictionary<string, string>(card.Training.DataDigests)
                {
                    [Predictors.ResponseArtifact] = after.Response!.Training.Refreshes[^1].DataDigest,
                },
                Seconds = seconds,
            },
            Refresh = refresh,
        };
    }
}
