using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests;

/// <summary>A tenant of one test, with the verbs that most journeys use.</summary>
/// <param name="Name">Resource name, <c>tenants/ten_…</c>.</param>
/// <param name="Secret">Secret of the administrator's key.</param>
/// <param name="Client">Sends that key with each request.</param>
public sealed record TestTenant(string Name, string Secret, HttpClient Client)
{
    /// <summary>The tenant's id, for looking into the database.</summary>
    public Guid Id => PublicId.TryParse("ten", Name["tenants/".Length..], out var id) ? id : throw new InvalidOperationException(Name);

    /// <summary>Sends a body with a fresh idempotency key and expects success.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body);
        return await SuccessAsync(response);
    }

    public async Task<JsonElement> PutAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Put, path, body);
        return await SuccessAsync(response);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await SuccessAsync(response);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object body, string? idempotencyKey = null, string? ifMatch = "*")
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString("N"));
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return Client.SendAsync(request);
    }

    /// <summary>Starts long-running work and waits for its end; fails the test with the operation's problem unless it succeeded.</summary>
    public async Task<JsonElement> RunAsync(string path, object body, string expectedState = "SUCCEEDED")
    {
        using var response = await SendAsync(HttpMethod.Post, path, body);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        var name = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString();
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            var operation = await GetAsync($"/v1/{name}");
            if (operation.GetProperty("done").GetBoolean())
            {
                Assert.True(operation.GetProperty("state").GetString() == expectedState, operation.GetRawText());
                return operation;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{name} did not end within two minutes.");
    }

    private static async Task<JsonElement> SuccessAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
