using System.Net.Http.Json;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Training;

/// <summary>An operation of a tenant that a test follows while it runs.</summary>
internal sealed record RunningOperation(TestTenant Tenant, string Name)
{
    public static async Task<RunningOperation> StartAsync(TestTenant tenant, string path, object? body = null)
    {
        using var response = await tenant.SendAsync(HttpMethod.Post, path, body ?? new { });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return new RunningOperation(tenant, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString()!);
    }

    public Task AtAsync(string stage) => UntilAsync(
        view => view.GetProperty("progress").TryGetProperty("stage", out var at) && at.GetString() == stage, $"is in the stage '{stage}'");

    public Task<JsonElement> EndedAsync() => UntilAsync(view => view.GetProperty("done").GetBoolean(), "has ended");

    public Task CancelAsync() => Tenant.PostAsync($"/v1/{Name}:cancel", new { });

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> holds, string what)
    {
        for (var attempt = 0; attempt < 4800; attempt++)
        {
            var view = await Tenant.GetAsync($"/v1/{Name}");
            if (holds(view))
            {
                return view;
            }

            Assert.False(view.GetProperty("done").GetBoolean(), $"{Name} ended before it {what}: {view.GetRawText()}");
            await Task.Delay(25);
        }

        throw new TimeoutException($"{Name} never {what}.");
    }
}
