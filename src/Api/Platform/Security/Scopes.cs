namespace Noah.Api.Platform.Security;

/// <summary>What an API key may do. Editing a campaign and launching it are separate rights; so are counts and personal data.</summary>
internal static class Scopes
{
    public const string KeysWrite = "keys:write";
    public const string MembersRead = "members:read";
    public const string MembersWrite = "members:write";
    public const string MembersPii = "members:pii";
    public const string EventsWrite = "events:write";
    public const string CampaignsRead = "campaigns:read";
    public const string CampaignsWrite = "campaigns:write";
    public const string CampaignsLaunch = "campaigns:launch";
    public const string ModelsRead = "models:read";
    public const string ModelsWrite = "models:write";
    public const string PlansRead = "plans:read";
    public const string PlansWrite = "plans:write";
    public const string ReportsRead = "reports:read";
    public const string ReportsWrite = "reports:write";
    public const string AuditRead = "audit:read";

    public static readonly string[] All =
    [
        KeysWrite, MembersRead, MembersWrite, MembersPii, EventsWrite, CampaignsRead, CampaignsWrite, CampaignsLaunch,
        ModelsRead, ModelsWrite, PlansRead, PlansWrite, ReportsRead, ReportsWrite, AuditRead,
    ];
}
