using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Data;

/// <summary>A retailer with a past randomised campaign, as the files it would upload. All are CSV (RFC 4180, UTF-8, header line).</summary>
internal interface IJourneyData
{
    const string MembersHeader = "externalId,email,timeZone,consentEmail,recency,history,historySegment,mens,womens,zipCode,newbie,channel";
    const string ExposuresHeader = "externalId,arm,exposedAt";
    const string EventsHeader = "eventId,externalId,type,occurredAt,amount";

    string Name { get; }

    /// <summary>Where the data is from and what of it was assumed, in one sentence for the reader of the demo.</summary>
    string Provenance { get; }

    int MemberCount { get; }

    DateTimeOffset CampaignAt { get; }

    /// <summary>Days after the campaign within which an outcome counts.</summary>
    int OutcomeDays { get; }

    /// <summary>Days of purchases before the campaign that <see cref="WriteHistoryAsync"/> writes; 0 for none.</summary>
    int HistoryDays { get; }

    IReadOnlyList<AttributeDescription> Attributes => RetailAttributes.All;

    /// <summary>The arms of the past campaign; the first is the control.</summary>
    IReadOnlyList<string> Arms => RetailArms.All;

    /// <summary>Plays the recipients of what is sent; the member index is the line of the members' file, from 0.</summary>
    MailResponseModel Recipients { get; }

    /// <summary>Writes <see cref="MembersHeader"/> and one line a member.</summary>
    Task WriteMembersAsync(Stream target, CancellationToken cancellationToken);

    /// <summary>Writes <see cref="ExposuresHeader"/> and one line a member: the arm drawn for it.</summary>
    Task WriteExposuresAsync(Stream target, CancellationToken cancellationToken);

    /// <summary>Writes <see cref="EventsHeader"/> and the campaign's outcomes: types visit and purchase; amount on a purchase only.</summary>
    Task WriteEventsAsync(Stream target, CancellationToken cancellationToken);

    /// <summary>Writes <see cref="EventsHeader"/> and what members did before the campaign: types open and purchase; may have no line.</summary>
    Task WriteHistoryAsync(Stream target, CancellationToken cancellationToken);
}
