using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Noah.Api.Tests.Features.Planning;

[Trait("Needs", "Postgres")]
public sealed class SolveCancellationTests(PlanningApplication application)
{
    [Fact]
    public async Task Cancel_DuringTheSolve_InterruptsTheSolverAndLeavesARunThatCanBeSolved()
    {
        var retailer = await Retailer.OpenAsync(application, HeldSolver.HeldUnits);
        await retailer.FreezeAsync();
        var request = Retailer.Run([await retailer.DraftAsync("mens")], "4.00", ("explorationShare", 0));
        var name = (await retailer.Tenant.PostAsync("/v1/planningRuns", request)).GetProperty("name").GetString();
        using var started = await retailer.Tenant.SendAsync(HttpMethod.Post, $"/v1/{name}:solve", new { });
        var operation = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString();
        await UntilAsync(operation!, view => view.GetProperty("progress").TryGetProperty("stage", out var stage) && stage.GetString() == "allocation.refine");

        await retailer.Tenant.PostAsync($"/v1/{operation}:cancel", new { });
        var ended = await UntilAsync(operation!, view => view.GetProperty("done").GetBoolean());
        Assert.Equal("CANCELLED", ended.GetProperty("state").GetString());
        Assert.True(application.Services.GetRequiredService<HeldSolver>().Interrupted.IsSet);
        Assert.Equal("DRAFT", (await retailer.Tenant.GetAsync($"/v1/{name}")).GetProperty("state").GetString());

        await retailer.Tenant.RunAsync($"/v1/{name}:solve", new { });
        var solved = await retailer.Tenant.GetAsync($"/v1/{name}");
        Assert.Equal("SOLVED", solved.GetProperty("state").GetString());
        Assert.Equal(40, solved.GetProperty("plan").GetProperty("totals").GetProperty("sends").GetInt32());

        async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> holds)
        {
            for (var attempt = 0; attempt < 600; attempt++)
            {
                if (await retailer.Tenant.GetAsync($"/v1/{path}") is var view && holds(view))
                {
                    return view;
                }

                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            throw new TimeoutException(path);
        }
    }
}
