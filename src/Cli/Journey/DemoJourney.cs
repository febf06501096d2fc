using System.Globalization;
using Noah.Cli.Journey.Data;
using Spectre.Console;

namespace Noah.Cli.Journey;

/// <summary>The marketer's journey, through the REST API alone.</summary>
internal static class DemoJourney
{
    public static Task RunAsync(DemoEnvironment environment, IJourneyData data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var places = new Table().AddColumns("", "").HideHeaders().Border(TableBorder.None);
        places.AddRow("Customers", data.MemberCount.ToString("N0", CultureInfo.InvariantCulture));
        places.AddRow("Api", environment.Api.Address.ToString());
        places.AddRow("Reference", new Uri(environment.Api.Address, "/scalar").ToString());
        places.AddRow("Mail", environment.Mail.Folder);
        AnsiConsole.Write(places);
        return Task.CompletedTask;
    }
}
