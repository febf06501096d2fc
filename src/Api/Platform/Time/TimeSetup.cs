using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Security;

namespace Noah.Api.Platform.Time;

internal static class TimeSetup
{
    internal sealed record ClockView(DateTimeOffset Now, bool Manual);

    internal sealed record AdvanceRequest(DateTimeOffset To);

    /// <summary>Noah:Clock = system (default) or manual; a manual clock starts at Noah:ClockStart, by default now.</summary>
    public static void AddNoahTime(this IServiceCollection services, IConfiguration configuration)
    {
        TimeProvider clock = configuration["Noah:Clock"] switch
        {
            null or "system" => TimeProvider.System,
            "manual" => new ManualClock(configuration.GetValue<DateTimeOffset?>("Noah:ClockStart") ?? TimeProvider.System.GetUtcNow()),
            var other => throw new InvalidOperationException($"Noah:Clock is '{other}'; it can be system or manual."),
        };
        services.AddSingleton(clock);
    }

    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Clock").RequireOperator();
        group.MapGet("/clock", Get).WithName("GetClock").WithSummary("The host's clock");
        group.MapPost("/clock:advance", Advance).WithName("AdvanceClock")
            .WithSummary("Moves a manual clock forward (demo and test hosts only)");
    }

    private static Ok<ClockView> Get(TimeProvider clock) => TypedResults.Ok(new ClockView(clock.GetUtcNow(), clock is ManualClock));

    private static Results<Ok<ClockView>, ProblemHttpResult> Advance(AdvanceRequest request, TimeProvider clock) =>
        clock is ManualClock manual
            ? TypedResults.Ok(new ClockView(manual.AdvanceTo(request.To), true))
            : Problems.NotFound("A manual clock");
}
