using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noah.Api.Features.Imports;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Features.Imports;

[Trait("Needs", "Postgres")]
public sealed class MemberImportTests(NoahApplication application)
{
    [Fact]
    public async Task Import_WithMalformedRows_ListsThemByLineAndImportsTheRest()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        string[] lines =
        [
            "id,email,zone,recency,channel",
            "m1,m1@example.invalid,Europe/Berlin,3,Web",
            "m2,m2@example.invalid,,7",
            ",m3@example.invalid,,7,Web",
            "m4,m4 at example,,7,Web",
            "m5,m5@example.invalid,Mars/Olympus,7,Web",
            "m6,m6@example.invalid,,seven,Web",
            "m7,m7@example.invalid,,7,\"Web",
            "m8,m8@example.invalid,,8,\"Web, \"\"phone\"\"\"",
            "m1,m1@example.invalid,,9,Web",
            "",
            "m9,m9@example.invalid,,,",
        ];

        var import = await tenant.ImportAsync(ImportJourney.MemberColumns(), string.Join("\r\n", lines));

        Assert.Equal("COMPLETED", import.GetProperty("state").GetString());
        Assert.Equal((10, 3, 7), (Count(import, "rowsRead"), Count(import, "rowsImported"), Count(import, "rowsFailed")));
        Assert.Equal(
            [
                (3L, "fieldCount"), (4L, "missing"), (5L, "invalidEmail"), (6L, "unknownTimeZone"), (7L, "invalidValue"), (8L, "malformed"),
                (10L, "duplicate"),
            ],
            await tenant.ErrorsAsync(import));
        Assert.Equal("Web, \"phone\"", (await tenant.MemberAsync("m8")).GetProperty("attributes").GetProperty("channel").GetString());
        Assert.Equal(3, (await tenant.MemberAsync("m1")).GetProperty("attributes").GetProperty("recency").GetDouble());
        Assert.Empty((await tenant.MemberAsync("m9")).GetProperty("attributes").EnumerateObject());
    }

    [Fact]
    public async Task Errors_AskedForAsCsv_NameLineColumnAndReason()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var import = await tenant.ImportAsync(ImportJourney.MemberColumns(), "id,email,zone,recency,channel\na,nobody,,1,Web\n");
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{import.GetProperty("name").GetString()}/errors");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));

        using var response = await tenant.Client.SendAsync(request);

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            ["line,column,code,message", "2,email,invalidEmail,email is not an e-mail address."],
            (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Import_WithMoreFaultsThanAreKept_CountsThemAll()
    {
        var tenant = await application.CreateTenantAsync();
        var bad = string.Concat(Enumerable.Repeat("no-address,here\n", 10_050));

        var import = await tenant.ImportAsync(
            new { kind = "members", columns = new { externalId = "id", email = "email" } }, $"id,email\n{bad}good,good@example.invalid\n");

        Assert.Equal((10_050, 1), (Count(import, "rowsFailed"), Count(import, "rowsImported")));
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{import.GetProperty("name").GetString()}/errors");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var response = await tenant.Client.SendAsync(request);
        Assert.Equal(10_001, (await response.Content.ReadAsStringAsync()).Count(character => character == '\n'));
    }

    [Fact]
    public async Task Import_Again_MergesAndKeepsWhatAnEmptyFieldDoesNotSay()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        const string Header = "id,email,zone,recency,channel\n";
        await tenant.ImportAsync(ImportJourney.MemberColumns(), Header + "m1,m1@example.invalid,Europe/Berlin,3,Web\n", gzip: true);
        var before = await tenant.MemberAsync("m1");

        await tenant.ImportAsync(ImportJourney.MemberColumns(), Header + "m1,,,4,\n");

        var after = await tenant.MemberAsync("m1");
        Assert.Equal(before.GetProperty("name").GetString(), after.GetProperty("name").GetString());
        Assert.Equal("m1@example.invalid", after.GetProperty("email").GetString());
        Assert.Equal("Europe/Berlin", after.GetProperty("timeZone").GetString());
        Assert.Equal(4, after.GetProperty("attributes").GetProperty("recency").GetDouble());
        Assert.Equal("Web", after.GetProperty("attributes").GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Import_OfManyBatches_ImportsEveryRowOnce()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var csv = new StringBuilder("id,email,zone,recency,channel\n");
        for (var row = 0; row < 12_000; row++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"m{row},m{row}@example.invalid,,{(row % 100 == 7 ? "x" : "5")},Web\n");
        }

        var import = await tenant.ImportAsync(ImportJourney.MemberColumns(), csv.ToString());

        Assert.Equal((12_000, 11_880, 120), (Count(import, "rowsRead"), Count(import, "rowsImported"), Count(import, "rowsFailed")));
        Assert.Equal(5, (await tenant.MemberAsync("m11999")).GetProperty("attributes").GetProperty("recency").GetDouble());
    }

    [Fact]
    public async Task Run_WhenTheHeaderLacksADeclaredColumn_FailsNamingIt()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var import = await tenant.PostAsync("/v1/imports", ImportJourney.MemberColumns());
        var name = import.GetProperty("name").GetString()!;
        (await tenant.UploadAsync(name, "id,email,recency,channel\n1,a@example.invalid,2,Web\n"u8.ToArray())).EnsureSuccessStatusCode();

        var operation = await tenant.RunAsync($"/v1/{name}:run", new { }, "FAILED");

        var error = operation.GetProperty("error").GetProperty("errors")[0];
        Assert.Equal("/columns/timeZone", error.GetProperty("pointer").GetString());
        Assert.Contains("'zone'", error.GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.Equal("FAILED", (await tenant.GetAsync($"/v1/{name}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Create_WithDeclarationMistakes_PointsAtEach()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);

        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/imports", new
        {
            kind = "members",
            columns = new { email = "email", arm = "arm", attributes = new { shoeSize = "shoe" } },
            consent = new { channel = "pigeon", topic = "marketing", source = "" },
            experiment = "experiments/exp_00000000000000000000000000",
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var pointers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()
            .Select(e => e.GetProperty("pointer").GetString()).Distinct();
        Assert.Superset(
            new HashSet<string?> { "/columns/externalId", "/columns/arm", "/columns/attributes/shoeSize", "/consent/channel", "/consent/source", "/experiment" },
            pointers.ToHashSet());
    }

    [Fact]
    public async Task Create_WithAnUnknownField_PointsAtIt()
    {
        var tenant = await application.CreateTenantAsync();

        using var response = await tenant.SendAsync(HttpMethod.Post, "/v1/imports", new { kind = "members", columns = new { externalId = "id", phone = "tel" } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        Assert.Equal(("/columns/phone", "unknownField"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Content_OfAnImportThatRan_IsRefused()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var import = await tenant.ImportAsync(ImportJourney.MemberColumns(), "id,email,zone,recency,channel\n");

        using var upload = await tenant.UploadAsync(import.GetProperty("name").GetString()!, "id\n"u8.ToArray());
        using var run = await tenant.SendAsync(HttpMethod.Post, $"/v1/{import.GetProperty("name").GetString()}:run", new { });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (upload.StatusCode, run.StatusCode));
    }

    [Fact]
    public async Task Run_AgainAfterACrashBehindItsCompletion_AnswersWithWhatItDid()
    {
        var tenant = await application.CreateTenantAsync();
        await tenant.PutAsync("/v1/memberSchema", ImportJourney.Schema);
        var import = await tenant.ImportAsync(
            ImportJourney.MemberColumns(), "id,email,zone,recency,channel\nm1,m1@example.invalid,,1,Web\n,m2@example.invalid,,1,Web\n");
        await using var scope = application.Services.GetRequiredService<TenantScopes>().Open(tenant.Id);
        var handler = scope.ServiceProvider.GetServices<IOperationHandler>().Single(handler => handler.Kind == ImportHandler.KindName);

        var outcome = await handler.RunAsync(new SecondRun(import.GetProperty("name").GetString()!), TestContext.Current.CancellationToken);

        Assert.Equal("""{"rowsRead":2,"rowsImported":1,"rowsFailed":1}""", JsonSerializer.Serialize(outcome.Metadata));
        Assert.Equal(import.GetRawText(), (await tenant.GetAsync($"/v1/{import.GetProperty("name").GetString()}")).GetRawText());
        Assert.Single(await tenant.ErrorsAsync(import));
    }

    [Fact]
    public async Task Import_OfAnotherTenant_DoesNotExist()
    {
        var (owner, stranger) = (await application.CreateTenantAsync(), await application.CreateTenantAsync());
        var import = (await owner.PostAsync("/v1/imports", new { kind = "members", columns = new { externalId = "id" } })).GetProperty("name").GetString()!;

        using var get = await stranger.Client.GetAsync(new Uri($"/v1/{import}", UriKind.Relative));
        using var errors = await stranger.Client.GetAsync(new Uri($"/v1/{import}/errors", UriKind.Relative));
        using var run = await stranger.SendAsync(HttpMethod.Post, $"/v1/{import}:run", new { });
        using var upload = await stranger.UploadAsync(import, "id\n"u8.ToArray());

        Assert.All([get, errors, run, upload], response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
    }

    private static long Count(JsonElement import, string name) => import.GetProperty(name).GetInt64();

    /// <summary>What the worker hands over that takes the operation up again.</summary>
    private sealed class SecondRun(string import) : OperationRun
    {
        public override Guid OperationId { get; } = Guid.CreateVersion7();

        public override string Target => import;

        public override JsonDocument Request { get; } = JsonDocument.Parse("{}");

        public override Task ReportAsync(string stage, long completed, long? total, string unit, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task LogAsync(string message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
