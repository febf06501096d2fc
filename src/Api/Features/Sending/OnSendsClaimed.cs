using MassTransit;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>Hands a claimed batch over.</summary>
internal sealed class OnSendsClaimed(TenantScopes scopes, IHostApplicationLifetime host) : IConsumer<SendsClaimed>
{
    public async Task Consume(ConsumeContext<SendsClaimed> context)
    {
        await using var scope = scopes.Open(context.Message.TenantId);
        await scope.ServiceProvider.GetRequiredService<HandOver>().RunAsync(context.Message.Sends, host.ApplicationStopping);
    }
}
