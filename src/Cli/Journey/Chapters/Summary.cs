using System.Globalization;
using Noah.Cli.Client;

namespace Noah.Cli.Journey.Chapters;

/// <summary>Where to look on.</summary>
internal static class Summary
{
    public static async Task ShowAsync(JourneyState journey, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        // Asked for anew: a link lives for a week of the host's clock, and a week has just passed.
        var analysis = await journey.Client.GetAsync($"/v1/{journey.Analysis}", cancellationToken);
        Screen.Heading("Look around", "everybody");
        Screen.Link("Report", analysis.GetProperty("links").Text("html"));
        var run = await journey.Client.GetAsync($"/v1/{journey.PlanningRun}", cancellationToken);
        Screen.Link("Plan", run.GetProperty("links").Text("html"));
        var model = await journey.Client.GetAsync($"/v1/{journey.Model}", cancellationToken);
        Screen.Link("Model card", model.GetProperty("links").Text("html"));
        Screen.Link("API reference", new Uri(journey.Environment.Api.Address, "/reference").ToString());
        Screen.Link("Mail", journey.Environment.Mail.Folder);
        Screen.Say(string.Create(CultureInfo.InvariantCulture, $"The journey took {elapsed.TotalSeconds:F0} seconds."));
    }
}
