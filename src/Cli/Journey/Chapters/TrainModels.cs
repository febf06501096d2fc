using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>Response and value models, learnt on a random half and scored on the other.</summary>
internal static class TrainModels
{
    public static async Task RunAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        Screen.Heading("3 · Who answers to what?", "the marketer");
        var model = await journey.Client.PostAsync(
            "/v1/models",
            new
            {
                displayName = "Response and spend",
                experiment = journey.Experiment,
                trainingShare = 0.5,
                seed = 1,
            },
            cancellationToken);
        journey.Model = model.Text("name");
        await Screen.RunAsync(journey.Client, "Training", $"/v1/{journey.Model}:train", new { }, cancellationToken);
        var trained = await journey.Client.GetAsync($"/v1/{journey.Model}", cancellationToken);
        var card = trained.GetProperty("card");

        var responses = Screen.Table("On members the model has not seen", "outcome", "rate", "AUC", "logistic", "log loss", "base rate's", "ECE");
        foreach (var response in card.Items("responses"))
        {
            responses.Row(
                response.Text("outcome"),
                Screen.Share(response.Number("heldOut", "baseRate")),
                Screen.Figure(response.Number("heldOut", "auc"), 3),
                Screen.Figure(response.Number("logisticRegression", "auc"), 3),
                Screen.Figure(response.Number("heldOut", "logLoss"), 5),
                Screen.Figure(response.Number("heldOut", "baseRateLogLoss"), 5),
                Screen.Figure(response.Number("heldOut", "expectedCalibrationError")));
        }

        Screen.Show(responses);
        Screen.Say(
            $"Spend: normalised Gini {Screen.Figure(card.Number("value", "normalizedGini"), 3)}; predicted {Screen.Money(card.Number("value", "meanPredicted"))} "
            + $"a member, observed {Screen.Money(card.Number("value", "meanActual"))}.");

        var increments = Screen.Table("What each mail adds to spend, per member", "mail", "increment", "95 % interval", "evidence");
        foreach (var increment in card.Items("increments"))
        {
            increments.Row(
                increment.Text("action"),
                Screen.Money(increment.Number("averageEffect")),
                $"{Screen.Money(increment.Number("averageLower"))} … {Screen.Money(increment.Number("averageUpper"))}",
                Evidence(increment.Text("evidence")));
        }

        Screen.Show(increments);
        foreach (var sentence in card.Items("summary"))
        {
            Screen.Say(sentence.GetString()!);
        }

        await Screen.RunAsync(journey.Client, "Drift check", $"/v1/{journey.Model}:checkDrift", new { }, cancellationToken);
        var drift = (await journey.Client.GetAsync($"/v1/{journey.Model}", cancellationToken)).GetProperty("drift").GetProperty("report");
        var most = drift.Items("items").First();
        Screen.Say(
            $"Drift: {drift.Text("status")}. {(most.Text("kind") == "score" ? "The score of " : "")}{most.Text("name")} has moved most since training, by a stability index of {Screen.Figure(most.Number("stabilityIndex"), 3)} (0.1 would be moderate, 0.25 major).");
        Screen.Link("Model card", trained.GetProperty("links").Text("html"));
    }

    private static string Evidence(string level) => level switch
    {
        "individual" => "differs by member",
        "average" => "the same for everybody",
        _ => "none",
    };
}
