namespace Noah.Api.Platform.Idempotency;

internal static class IdempotencySetup
{
    /// <summary>The endpoint demands an Idempotency-Key: it spends money, sends mail or starts heavy work.</summary>
    public static RouteHandlerBuilder RequireIdempotencyKey(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter(new IdempotencyFilter(required: true));

    /// <summary>The endpoint honours an Idempotency-Key when one is given.</summary>
    public static RouteHandlerBuilder AcceptIdempotencyKey(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter(new IdempotencyFilter(required: false));

    /// <summary>
    /// Buffers bodies that will be fingerprinted. Must stand before routing reaches the endpoint, as binding reads the body first;
    /// uploads are streams without a key and stay unbuffered.
    /// </summary>
    public static void UseIdempotencyBuffering(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Headers.ContainsKey("Idempotency-Key"))
        {
            context.Request.EnableBuffering();
        }

        return next(context);
    });
}
