namespace Noah.Api.Features.Members.Contracts;

/// <summary>The channels that a member can consent to.</summary>
internal static class ConsentChannels
{
    public const string Email = "email";
    public const string Ads = "ads";
    public static readonly string[] All = [Email, Ads];
}
