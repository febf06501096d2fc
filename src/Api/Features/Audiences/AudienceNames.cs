using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Audiences;

/// <summary>Names of audiences and of what they refer to.</summary>
internal static class AudienceNames
{
    public static readonly ResourceKind Audiences = new("audiences", Audience.Prefix);
    public static readonly ResourceKind Segments = new("segments", "seg");
    public static readonly ResourceKind Models = new("models", "mdl");
    public static readonly ResourceKind Members = new("members", "mem");

    public static string Of(Guid audienceId) => Audiences.Name(audienceId);
}
