using System.Diagnostics;
using System.Text.Json;
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

        Screen.Say($"Trained in {Screen.Figure(Seconds(card), 0)} s by a process of its own: a fault inside the native library would cost this training and nothing else.");

        var responses = Screen.Table("On members the model has not seen", "outcome", "rate", "AUC", "trees", "logistic", "log loss", "base rate's", "ECE");
        foreach (var response in card.Items("responses"))
        {
            responses.Row(
                response.Text("outcome"),
                Screen.Share(response.Number("heldOut", "baseRate")),
                Screen.Figure(response.Number("heldOut", "auc"), 3),
                Screen.Figure(response.Number("boostedTrees", "auc"), 3),
                Screen.Figure(response.Number("logisticRegression", "auc"), 3),
                Screen.Figure(response.Number("heldOut", "logLoss"), 5),
                Screen.Figure(response.Number("heldOut", "baseRateLogLoss"), 5),
                Screen.Figure(response.Number("heldOut", "expectedCalibrationError")));
        }

        Screen.Show(responses);
        Screen.Say(
            $"Spend: normalised Gini {Screen.Figure(card.Number("value", "normalizedGini"), 3)}; predicted {Screen.Money(card.Number("value", "meanPredicted"))} "
            + $"a member, observed {Screen.Money(card.Number("value", "meanActual"))}.");

        var increments = Screen.Table("What each mail adds to spend, per member", "mail", "increment", "95 % interval", "evidence", "told by", "gain over random");
        foreach (var increment in card.Items("increments"))
        {
            increments.Row(
                increment.Text("action"),
                Screen.Money(increment.Number("averageEffect")),
                $"{Screen.Money(increment.Number("averageLower"))} … {Screen.Money(increment.Number("averageUpper"))}",
                Evidence(increment.Text("evidence")),
                increment.Text("evidence") == "individual" ? increment.Text("learner") : "–",
                HeldOut(increment.GetProperty("heldOut")));
        }

        Screen.Show(increments);
        foreach (var sentence in card.Items("summary"))
        {
            Screen.Say(sentence.GetString()!);
        }

        await ScoreOneAsync(journey, cancellationToken);
        await Screen.RunAsync(journey.Client, "Drift check", $"/v1/{journey.Model}:checkDrift", new { }, cancellationToken);
        var drift = (await journey.Client.GetAsync($"/v1/{journey.Model}", cancellationToken)).GetProperty("drift").GetProperty("report");
        var most = drift.Items("items").First();
        Screen.Say(
            $"Drift: {drift.Text("status")}. {(most.Text("kind") == "score" ? "The score of " : "")}{most.Text("name")} has moved most since training, by a stability index of {Screen.Figure(most.Number("stabilityIndex"), 3)} (0.1 would be moderate, 0.25 major).");
        Screen.Link("Model card", trained.GetProperty("links").Text("html"));
    }

    private static async Task ScoreOneAsync(JourneyState journey, CancellationToken cancellationToken)
    {
        var member = (await journey.Client.GetAsync("/v1/members?pageSize=1", cancellationToken)).Items("items").First();
        var started = Stopwatch.GetTimestamp();
        var scores = await journey.Client.PostAsync($"/v1/{journey.Model}:score", new { members = new[] { member.Text("name") }, explain = true }, cancellationToken);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var table = Screen.Table($"One member, scored and explained on demand in {Screen.Figure(milliseconds, 0)} ms: {member.Text("externalId")}", "action", "visit", "expected spend", "9 in 10 below", "increment");
        foreach (var score in scores.Items("items").First().Items("scores"))
        {
            table.Row(
                score.Text("action"),
                Screen.Share(score.Number("responses", "visit")),
                Screen.Money(score.Number("value", "mean")),
                Screen.Money(score.Number("value", "p90")),
                Screen.Money(score.Number("increment")));
        }

        Screen.Show(table);
        var explained = scores.Items("items").First().Items("scores").Last();
        var parts = explained.Items("explanations", "visit", "contributions").Select(part =>
            $"{part.Text("feature")} = {(part.Text("value") is { Length: > 0 } value ? value : "unknown")}: {(part.Number("contribution") > 0 ? "+" : "")}{Screen.Figure(part.Number("contribution"), 2)}");
        Screen.Say($"Why this probability of a visit under {explained.Text("action")}, in log odds against typical members: {string.Join("; ", parts)}.");
    }

    private static double Seconds(JsonElement card) => card.GetProperty("training").GetProperty("seconds").EnumerateObject().Where(stage => stage.Name != "scoring").Sum(stage => stage.Value.GetDouble());

    private static string HeldOut(JsonElement heldOut) => heldOut.Text("verdict") switch
    {
        "better" => Screen.Money(heldOut.Number("gain")),
        "worse" => "worse than random",
        _ => "no evidence",
    };

    private static string Evidence(string level) => level switch
    {
        "individual" => "differs by member",
        "average" => "the same for everybody",
        _ => "none",
    };
}
