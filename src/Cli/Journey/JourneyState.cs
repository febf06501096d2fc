using System.Text.Json;
using Noah.Cli.Client;
using Noah.Cli.Journey.Data;

namespace Noah.Cli.Journey;

/// <summary>What the steps of a journey hand on to each other: names of resources, and where they live.</summary>
internal sealed class JourneyState(DemoEnvironment environment, IJourneyData data, NoahClient client)
{
    public DemoEnvironment Environment => environment;

    public IJourneyData Data => data;

    public NoahClient Client => client;

    public string Currency { get; } = "USD";

    public string Experiment { get; set; } = "";

    public string Model { get; set; } = "";

    /// <summary>Resource name of the report on the past campaign.</summary>
    public string Analysis { get; set; } = "";

    /// <summary>The mails of the journey, by the arm of the past campaign that each repeats.</summary>
    public Dictionary<string, string> Campaigns { get; } = [];

    public Dictionary<string, string> Products { get; } = [];

    public string PlanningRun { get; set; } = "";

    public JsonElement Plan { get; set; }

    /// <summary>The host's clock when the mails may begin to leave.</summary>
    public DateTimeOffset SendingFrom { get; set; }
}
