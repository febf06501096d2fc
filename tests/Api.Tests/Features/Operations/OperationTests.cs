using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Tests.Features.Operations;

/// <summary>Long-running work: seen, followed, refused, cancelled, and taken over from a worker that died.</summary>
[Trait("Needs", "Postgres")]
public sealed class OperationTests(NoahApplication application)
{
    [Fact]
    public async Task Operation_ThatSucceeds_EndsWithItsResponse()
    {
        var tenant = await application.CreateTenantAsync();
        var operation = await EndAsync(tenant, await StartAsync(tenant, new CountingOperation.Request(3)));
        Assert.Equal("SUCCEEDED", operation.GetProperty("state").GetString());
        Assert.Equal("counts/1", operation.GetProperty("response").GetString());
        Assert.Equal(3, operation.GetProperty("metadata").GetProperty("counted").GetInt32());
        Assert.Equal(100, operation.GetProperty("progress").GetProperty("percent").GetDouble());
    }

    [Fact]
    public async Task Operation_ThatRefuses_CarriesTheProblem()
    {
        var tenant = await application.CreateTenantAsync();
        var operation = await EndAsync(tenant, await StartAsync(tenant, new CountingOperation.Request(1, "refuse")));
        Assert.Equal("FAILED", operation.GetProperty("state").GetString());
        Assert.Equal("infeasible-plan", operation.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("/until", operation.GetProperty("error").GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Operation_ThatCrashes_TellsNothingOfTheInside()
    {
        var tenant = await application.CreateTenantAsync();
        var operation = await EndAsync(tenant, await StartAsync(tenant, new CountingOperation.Request(1, "crash")));
        Assert.Equal("internal", operation.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("secret", operation.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_StopsARunningOperation()
    {
        var tenant = await application.CreateTenantAsync();
        var name = await StartAsync(tenant, new CountingOperation.Request(1, "wait"));
        await tenant.PostAsync($"/v1/{name}:cancel", new { });
        Assert.Equal("CANCELLED", (await EndAsync(tenant, name)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task SecondOperation_OnABusyTarget_IsRefused_AndNamesTheFirst()
    {
        var tenant = await application.CreateTenantAsync();
        var first = await StartAsync(tenant, new CountingOperation.Request(1, "wait"), "things/1");
        var refused = await TryStartAsync(tenant, new CountingOperation.Request(1), "things/1");
        var problem = Assert.IsType<ProblemHttpResult>(refused.Result).ProblemDetails;
        Assert.Equal("operation-in-progress", problem.Extensions["code"]);
        Assert.Contains(first, problem.Detail, StringComparison.Ordinal);
        await tenant.PostAsync($"/v1/{first}:cancel", new { });
    }

    [Fact]
    public async Task Events_AcrossReconnects_HaveNoHole_AndEndWithDone()
    {
        var tenant = await application.CreateTenantAsync();
        var name = await StartAsync(tenant, new CountingOperation.Request(40));
        var seen = new List<(long Id, string Type)>();
        while (seen.Count == 0 || seen[^1].Type != "done")
        {
            seen.AddRange(await ReadEventsAsync(tenant, name, after: seen.Count == 0 ? 0 : seen[^1].Id, atMost: 7));
        }

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen.Select(entry => entry.Id));
        Assert.Equal(40, seen.Count(entry => entry.Type == "log"));
        Assert.Single(seen, entry => entry.Type == "done");
    }

    [Fact]
    public async Task Operation_WhoseWorkerDied_RunsAgain_AndTheDeadCanNotSpeak()
    {
        var tenant = await application.CreateTenantAsync();
        var name = await StartAsync(tenant, new CountingOperation.Request(1, "wait"));
        var id = PublicId.TryParse("op", name["operations/".Length..], out var guid) ? guid : default;
        await WaitAsync(() => CountingOperation.Begun.GetValueOrDefault(id) == 1);

        // What a dead worker leaves behind: a lease that nobody prolongs.
        await using var connection = new NpgsqlConnection(application.OwnerConnection);
        await connection.OpenAsync();
        await using (var expire = new NpgsqlCommand("UPDATE operations SET lease_until = now() - interval '1 second', fence = fence + 100 WHERE id = $1", connection))
        {
            expire.Parameters.AddWithValue(id);
            await expire.ExecuteNonQueryAsync();
        }

        await WaitAsync(() => CountingOperation.Begun.GetValueOrDefault(id) == 2);
        await tenant.PostAsync($"/v1/{name}:cancel", new { });
        await EndAsync(tenant, name);
        var seen = await ReadEventsAsync(tenant, name, 0, int.MaxValue);
        Assert.Single(seen, entry => entry.Type == "done");
    }

    [Fact]
    public async Task AnotherTenantsOperation_DoesNotExist()
    {
        var (mine, theirs) = (await application.CreateTenantAsync(), await application.CreateTenantAsync());
        var name = await StartAsync(theirs, new CountingOperation.Request(1));
        foreach (var path in new[] { $"/v1/{name}", $"/v1/{name}/events" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await mine.Client.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await mine.SendAsync(HttpMethod.Post, $"/v1/{name}:cancel", new { })).StatusCode);
    }

    [Fact]
    public async Task Operation_OfAKindBeyondTheKeysScopes_DoesNotExistForIt()
    {
        var tenant = await application.CreateTenantAsync();
        var name = await StartAsync(tenant, new CountingOperation.Request(1));
        var key = await tenant.PostAsync("/v1/apiKeys", new { name = "reader", scopes = new[] { "events:write" } });
        using var client = application.WithKey(key.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/v1/{name}")).StatusCode);
        var listed = JsonDocument.Parse(await client.GetStringAsync("/v1/operations")).RootElement;
        Assert.Equal(0, listed.GetProperty("items").GetArrayLength());
    }

    private async Task<string> StartAsync(TestTenant tenant, CountingOperation.Request request, string? target = null) =>
        Assert.IsType<Accepted<OperationView>>((await TryStartAsync(tenant, request, target)).Result).Value!.Name;

    private async Task<Results<Accepted<OperationView>, ProblemHttpResult>> TryStartAsync(TestTenant tenant, CountingOperation.Request request, string? target)
    {
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        return await scope.ServiceProvider.GetRequiredService<IOperations>().StartAsync(
            CountingOperation.OperationKind, target ?? $"things/{Guid.NewGuid():N}", request, CancellationToken.None);
    }

    private static async Task<JsonElement> EndAsync(TestTenant tenant, string name)
    {
        JsonElement operation = default;
        for (var attempt = 0; attempt < 300; attempt++)
        {
            operation = await tenant.GetAsync($"/v1/{name}");
            if (operation.GetProperty("done").GetBoolean())
            {
                return operation;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException(operation.GetRawText());
    }

    private static async Task<List<(long Id, string Type)>> ReadEventsAsync(TestTenant tenant, string name, long after, int atMost)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{name}/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after.ToString());
        using var response = await tenant.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = new List<(long, string)>();
        var type = "message";
        while (events.Count < atMost && await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                type = line["event:".Length..].Trim();
            }
            else if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                events.Add((long.Parse(line["id:".Length..].Trim()), type));
            }
        }

        return events;
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 300 && !condition(); attempt++)
        {
            await Task.Delay(100);
        }

        Assert.True(condition());
    }
}
