using Noah.Api.Features.Content.Contracts;

namespace Noah.Api.Features.Content;

/// <summary>The wordings of campaigns. Campaigns are their resource; here they are kept and checked.</summary>
internal static class ContentFeature
{
    public static void AddContent(this IServiceCollection services)
    {
        services.AddScoped<IContentEditor, ContentEditor>();
        services.AddScoped<IContentVariants, ContentVariants>();
    }
}
