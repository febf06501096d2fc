using Noah.Api.Features.Sending.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;
using Quartz;

namespace Noah.Api.Features.Sending;

/// <summary>The ledger of sends, their release and hand-over to the mail server, and the way out for whoever wants no more mail.</summary>
internal static class SendingFeature
{
    public static void AddSending(this IServiceCollection services, IConfiguration configuration, bool works)
    {
        services.AddScoped<ISendLedger, SendLedger>();
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<ReleaseTrigger>();
        if (works && SmtpOptions.Read(configuration) is { } smtp)
        {
            services.AddSingleton(smtp);
            services.AddHandOver(configuration);
            services.AddReleaseJob();
            services.AddHostedService<ReleaseOnClock>();
        }
    }

    public static void MapSending(this IEndpointRouteBuilder routes)
    {
        var campaigns = routes.MapGroup("/v1/campaigns/{id:rid}").WithTags("Sends").RequireScope(Scopes.CampaignsRead);
        campaigns.MapGet("/sends", ListSends.HandleAsync).WithName("ListSends").WithSummary("The sends of a campaign, of one state if wanted");
        campaigns.MapGet("/sends:summary", SummarizeSends.HandleAsync).WithName("SummarizeSends")
            .WithSummary("What became of a campaign's sends, by state and reason");

        var sends = routes.MapGroup("/v1/sends").WithTags("Sends");
        sends.MapGet("/{id:rid}", GetSend.HandleAsync).RequireScope(Scopes.CampaignsRead).WithName("GetSend").WithSummary("One send");
        sends.MapPost("/{id:rid}:resolve", ResolveSend.HandleAsync).RequireScope(Scopes.CampaignsLaunch).AcceptIdempotencyKey()
            .WithName("ResolveSend").WithSummary("Decides what became of a send whose outcome is UNKNOWN");

        routes.MapGet("/u/{token}", Unsubscribe.ShowAsync).ExcludeFromDescription();
        routes.MapPost("/u/{token}", Unsubscribe.ActAsync).ExcludeFromDescription();
    }

    private static void AddHandOver(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MailTemplates>();
        services.AddScoped<HandOver>();
        services.AddScoped<SendClearance>();
        services.AddScoped<SendJournal>();
        services.AddScoped<MailComposer>();
        services.AddScoped<MailConnection>();
        if (configuration.GetValue<int?>("Noah:FaultPoint:AfterHandOver") is { } passing)
        {
            services.AddSingleton<IHandOverProbe>(provider => ActivatorUtilities.CreateInstance<HaltingHandOverProbe>(provider, passing));
        }
        else
        {
            services.AddSingleton<IHandOverProbe, NoHandOverProbe>();
        }
    }

    /// <summary>One job and one trigger in the shared store, whatever the number of workers: a start finds them there and writes them over.</summary>
    private static void AddReleaseJob(this IServiceCollection services) => services.ConfigureAllQuartzSchedulers(quartz =>
    {
        var key = ReleaseDueSendsJob.Key;
        quartz.AddJob<ReleaseDueSendsJob>(job => job.WithIdentity(key).StoreDurably().WithDescription("Claims sends that are due"));
        quartz.AddTrigger<ReleaseDueSendsJob>(trigger => trigger
            .ForJob(key)
            .WithIdentity("every-second", "sending")
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(ReleaseDueSendsJob.Interval)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    });
}
