using MassTransit;

namespace Noah.Api.Platform.Messaging;

internal static class MessagingSetup
{
    /// <summary>
    /// In memory by default; RabbitMQ when Noah:RabbitMq (an amqp URI) is set. Consumers are found in this assembly. Only a worker
    /// consumes; every role publishes.
    /// </summary>
    public static void AddNoahMessaging(this IServiceCollection services, IConfiguration configuration, bool consumes)
    {
        services.AddScoped<Outbox>();
        services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            if (consumes)
            {
                // Named one by one: MassTransit's own search of an assembly sees public types only.
                bus.AddConsumers([.. typeof(MessagingSetup).Assembly.GetTypes().Where(IsConsumerOrDefinition)]);
            }

            if (configuration["Noah:RabbitMq"] is { Length: > 0 } uri)
            {
                bus.UsingRabbitMq((context, transport) =>
                {
                    transport.Host(new Uri(uri));
                    transport.ConfigureEndpoints(context);
                });
            }
            else
            {
                bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
            }
        });
        services.AddHostedService<OutboxDispatcher>();
    }

    private static bool IsConsumerOrDefinition(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && (typeof(IConsumer).IsAssignableFrom(type) || typeof(IConsumerDefinition).IsAssignableFrom(type));
}
