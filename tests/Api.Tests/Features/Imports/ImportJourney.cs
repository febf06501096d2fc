using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Noah.Api.Tests.Features.Imports;

/// <summary>Declares, uploads and runs an import over HTTP.</summary>
internal static class ImportJourney
{
    public static readonly object Schema = new
    {
        attributes = new object[]
        {
            new { name = "recency", type = "number" },
            new { name = "channel", type = "text" },
            new { name = "newbie", type = "boolean" },
            new { name = "joined", type = "date" },
            new { name = "surname", type = "text", personal = true },
        },
    };

    public static object MemberColumns(bool consentColumn = false) => new
    {
        kind = "members",
        columns = new
        {
            externalId = "id",
            email = "email",
            timeZone = "zone",
            attributes = new { recency = "recency", channel = "channel" },
        },
        consent = new { channel = "email", topic = "marketing", source = "newsletter form 2025", column = consentColumn ? "yes" : null },
    };

    public static async Task<JsonElement> ImportAsync(
        this TestTenant tenant, object declaration, string csv, string expectedState = "SUCCEEDED", bool gzip = false)
    {
        var import = await tenant.PostAsync("/v1/imports", declaration);
        var name = import.GetProperty("name").GetString()!;
        using var response = await tenant.UploadAsync(name, Encoding.UTF8.GetBytes(csv), gzip);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await tenant.RunAsync($"/v1/{name}:run", new { }, expectedState);
        return await tenant.GetAsync($"/v1/{name}");
    }

    public static async Task<HttpResponseMessage> UploadAsync(this TestTenant tenant, string import, byte[] content, bool gzip = false)
    {
        if (gzip)
        {
            using var packed = new MemoryStream();
            await using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            {
                await stream.WriteAsync(content);
            }

            content = packed.ToArray();
        }

        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        if (gzip)
        {
            body.Headers.ContentEncoding.Add("gzip");
        }

        return await tenant.Client.PutAsync(new Uri($"/v1/{import}/content", UriKind.Relative), body);
    }

    public static async Task<JsonElement> MemberAsync(this TestTenant tenant, string externalId) =>
        (await tenant.GetAsync($"/v1/members?externalId={externalId}")).GetProperty("items")[0];

    public static async Task<(long Line, string Code)[]> ErrorsAsync(this TestTenant tenant, JsonElement import) =>
        [.. (await tenant.GetAsync($"/v1/{import.GetProperty("name").GetString()}/errors")).GetProperty("items").EnumerateArray()
            .Select(e => (e.GetProperty("line").GetInt64(), e.GetProperty("code").GetString()!))];
}
