using MassTransit;

namespace Noah.Api.Features.Sending;

internal sealed class OnSendsClaimedDefinition : ConsumerDefinition<OnSendsClaimed>
{
    /// <summary>Connections to the mail server per worker (Noah:Smtp:Connections, default 4), and so how many mails a crash can leave in doubt.</summary>
    public OnSendsClaimedDefinition(IConfiguration configuration) =>
        ConcurrentMessageLimit = Math.Clamp(configuration.GetValue("Noah:Smtp:Connections", 4), 1, 64);
}
