using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Noah.Cli.Client;

/// <summary>The REST API as the command line uses it: plain HTTP, an idempotency key on every POST, operations followed by their events.</summary>
internal sealed class NoahClient : IDisposable
{
    private readonly HttpClient _http;

    public NoahClient(Uri address, string key)
    {
        // Uploads and event streams last as long as they last.
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <summary>Posts once, whatever the network does: a retry with the same key gets the first answer.</summary>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Streams a file as it is written.</summary>
    public Task<JsonElement> UploadAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = new CsvContent(write) }, cancellationToken);

    /// <summary>Starts long-running work, follows its events and answers the finished operation.</summary>
    /// <exception cref="CommandFailedException">It did not succeed; the message is the problem's.</exception>
    public async Task<JsonElement> RunAsync(string path, object body, IProgress<OperationProgress> progress, CancellationToken cancellationToken)
    {
        var started = await PostAsync(path, body, cancellationToken);
        var links = started.GetProperty("links");
        using (var response = await _http.GetAsync(links.Text("events"), HttpCompletionOption.ResponseHeadersRead, cancellationToken))
        {
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            {
                if (item.EventType == "progress")
                {
                    progress.Report(OperationProgress.Read(JsonDocument.Parse(item.Data).RootElement));
                }
            }
        }

        var operation = await GetAsync(links.Text("self"), cancellationToken);
        return operation.Text("state") == "SUCCEEDED"
            ? operation
            : throw new CommandFailedException($"{operation.Text("kind")}: {(operation.TryGetProperty("error", out var error) ? error.Text("detail") : operation.Text("state"))}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var response = await _http.SendAsync(request, cancellationToken))
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new CommandFailedException($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {Detail(text)}");
            }

            return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        }
    }

    private static string Detail(string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            var faults = problem.TryGetProperty("errors", out var errors)
                ? string.Join(" ", errors.EnumerateArray().Select(error => error.Text("message")))
                : "";
            return $"{problem.Text("title")}: {problem.Text("detail")} {faults}".Trim();
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private sealed class CsvContent : HttpContent
    {
        private readonly Func<Stream, CancellationToken, Task> _write;

        public CsvContent(Func<Stream, CancellationToken, Task> write)
        {
            _write = write;
            Headers.ContentType = new MediaTypeHeaderValue("text/csv") { CharSet = "utf-8" };
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => _write(stream, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken) =>
            _write(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
