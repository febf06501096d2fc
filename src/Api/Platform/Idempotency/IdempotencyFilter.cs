using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Idempotency;

/// <summary>
/// Runs a request with an <c>Idempotency-Key</c> at most once (IETF draft). The key's row and the effect share one transaction, so a
/// crash leaves both or neither; a repetition gets the stored response, another body under the same key a 422, and a repetition
/// while the first still runs a 409. A refusal is rolled back and not stored: its key is free again.
/// </summary>
internal sealed class IdempotencyFilter(bool required) : IEndpointFilter
{
    private const string HeaderName = "Idempotency-Key";
    private static readonly string[] KeptHeaders = ["Location", "Operation-Location", "ETag", "Retry-After", "Content-Type"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[HeaderName].ToString();
        if (key.Length == 0)
        {
            return required
                ? Problems.Result(ProblemType.Validation, $"{HeaderName} is required here, so that a retry can't act twice.")
                : await next(context);
        }

        if (key.Length > 255 || key.Any(character => character is < ' ' or > '~'))
        {
            return Problems.Result(ProblemType.Validation, $"{HeaderName} must have 1 to 255 printable ASCII characters.");
        }

        var services = http.RequestServices;
        var db = services.GetRequiredService<NoahDbContext>();
        var tenant = services.GetRequiredService<TenantContext>();
        var fingerprint = await FingerprintAsync(http);
        var (method, path, keyId) = (http.Request.Method, http.Request.Path.Value!, tenant.KeyId!.Value);

        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        var name = $"{tenant.TenantId}/{keyId}/{method}/{path}/{key}";
        var free = await db.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({name}, 0)) AS \"Value\"")
            .SingleAsync(http.RequestAborted);
        if (!free)
        {
            http.Response.Headers.RetryAfter = "1";
            return Problems.Result(ProblemType.IdempotencyInFlight, "Repeat the request in a second.");
        }

        var seen = await db.Set<IdempotencyKey>().AsNoTracking().SingleOrDefaultAsync(
            k => k.KeyId == keyId && k.Method == method && k.Path == path && k.Key == key, http.RequestAborted);
        if (seen is not null)
        {
            return seen.Fingerprint.AsSpan().SequenceEqual(fingerprint)
                ? new StoredResponse(seen)
                : Problems.Result(ProblemType.IdempotencyMismatch, $"{HeaderName} '{key}' was used with another body.");
        }

        var captured = await CaptureAsync(http, await next(context));
        // A refusal has no effect to protect: the caller may mend the request, or wait, and use the same key again.
        if (captured.Status >= 400)
        {
            await transaction.RollbackAsync(http.RequestAborted);
            return captured;
        }

        db.ChangeTracker.Clear();
        db.Add(new IdempotencyKey
        {
            KeyId = keyId,
            Method = method,
            Path = path,
            Key = key,
            Fingerprint = fingerprint,
            Status = captured.Status,
            Headers = JsonSerializer.SerializeToDocument(captured.Headers),
            Body = captured.Body,
            CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        });
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return captured;
    }

    private static async Task<byte[]> FingerprintAsync(HttpContext http)
    {
        http.Request.Body.Position = 0;
        var hash = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;
        return hash;
    }

    private static async Task<StoredResponse> CaptureAsync(HttpContext http, object? result)
    {
        var body = http.Response.Body;
        using var memory = new MemoryStream();
        http.Response.Body = memory;
        try
        {
            await (result as IResult ?? TypedResults.Ok(result)).ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        var headers = KeptHeaders
            .Where(name => http.Response.Headers.ContainsKey(name))
            .ToDictionary(name => name, name => http.Response.Headers[name].ToString());
        return new StoredResponse(http.Response.StatusCode, headers, memory.ToArray(), replayed: false);
    }

    private sealed class StoredResponse(int status, Dictionary<string, string> headers, byte[] body, bool replayed) : IResult
    {
        public StoredResponse(IdempotencyKey stored)
            : this(stored.Status, stored.Headers.Deserialize<Dictionary<string, string>>()!, stored.Body, replayed: true)
        {
        }

        public int Status => status;

        public Dictionary<string, string> Headers => headers;

        public byte[] Body => body;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                httpContext.Response.Headers[name] = value;
            }

            if (replayed)
            {
                httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            }

            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
