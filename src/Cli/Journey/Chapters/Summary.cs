using System.Globalization;

namespace Noah.Cli.Journey.Chapters;

/// <summary>Where to look on.</summary>
internal static class Summary
{
    public static void Show(JourneyState journey, TimeSpan elapsed)
    {
        Screen.Heading("Look around", "everybody");
        Screen.Link("Report", journey.ReportAddress);
        Screen.Link("API reference", new Uri(journey.Environment.Api.Address, "/reference").ToString());
        Screen.Link("Mail", journey.Environment.Mail.Folder);
        Screen.Say(string.Create(CultureInfo.InvariantCulture, $"The journey took {elapsed.TotalSeconds:F0} seconds."));
    }
}
