using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Noah.Api.Tests.Journeys;

/// <summary>docs/quickstart.http works as it is printed: every request succeeds, in order, with what the ones before it answered.</summary>
[Trait("Needs", "Postgres")]
public sealed class QuickstartTests(NoahApplication application)
{
    private readonly Dictionary<string, JsonElement> _responses = [];

    [Fact]
    public async Task EveryRequest_OfTheQuickstart_Succeeds()
    {
        var file = HttpFile.Read(Path.Combine(Repository.Root, "docs", "quickstart.http"));
        foreach (var request in file.Requests)
        {
            await SendAsync(request, name => Resolve(name, file));
        }

        Assert.Equal("RUNNING", _responses["launched"].GetProperty("state").GetString());
    }

    private async Task SendAsync(HttpFile.Request request, Func<string, string> resolve)
    {
        using var client = application.Anonymous;
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), HttpFile.Fill(request.Target, resolve));
        var contentType = request.Headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        if (request.Body.Length > 0)
        {
            message.Content = new StringContent(HttpFile.Fill(request.Body, resolve), Encoding.UTF8, contentType ?? "application/json");
        }

        foreach (var (name, value) in request.Headers.Where(header => !header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)))
        {
            message.Headers.TryAddWithoutValidation(name, HttpFile.Fill(value, resolve));
        }

        using var response = await client.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{request.Title}: {request.Method} {message.RequestUri} gave {(int)response.StatusCode} {text}");
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            var body = JsonDocument.Parse(text).RootElement;
            body = response.StatusCode == HttpStatusCode.Accepted ? await EndAsync(body, message, request.Title) : body;
            if (request.Label is { } label)
            {
                _responses[label] = body;
            }
        }
    }

    /// <summary>An editor's reader waits for an operation by sending the next request a little later; the test waits for its end.</summary>
    private async Task<JsonElement> EndAsync(JsonElement operation, HttpRequestMessage started, string title)
    {
        using var client = application.Anonymous;
        client.DefaultRequestHeaders.Authorization = started.Headers.Authorization;
        for (var attempt = 0; attempt < 1200 && !operation.GetProperty("done").GetBoolean(); attempt++)
        {
            await Task.Delay(50);
            operation = JsonDocument.Parse(await client.GetStringAsync(operation.GetProperty("links").GetProperty("self").GetString())).RootElement;
        }

        Assert.True(operation.GetProperty("state").GetString() == "SUCCEEDED", $"{title}: {operation.GetRawText()}");
        return operation;
    }

    private string Resolve(string name, HttpFile file)
    {
        if (name == "host")
        {
            return "";
        }

        if (name == "operatorKey")
        {
            return application.Operator.DefaultRequestHeaders.Authorization!.Parameter!;
        }

        if (name == "$guid")
        {
            return Guid.NewGuid().ToString();
        }

        if (name.StartsWith("$datetime iso8601 ", StringComparison.Ordinal))
        {
            var days = int.Parse(name.Split(' ')[2], CultureInfo.InvariantCulture);
            return NoahApplication.ClockStart.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        var marker = name.IndexOf(".response.body.$.", StringComparison.Ordinal);
        if (marker < 0)
        {
            return HttpFile.Fill(file.Variables[name], inner => Resolve(inner, file));
        }

        var element = _responses[name[..marker]];
        foreach (var part in name[(marker + ".response.body.$.".Length)..].Split('.'))
        {
            element = element.GetProperty(part);
        }

        return element.ToString();
    }
}
