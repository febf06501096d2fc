using System.Net;
using System.Text.Json;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Tests.Features.Experiments;
using Noah.Prediction.Features;
using Npgsql;

namespace Noah.Api.Tests.Features.Models;

/// <summary>Sets of names and dates, from the schema to explained scores.</summary>
[Trait("Needs", "Postgres")]
public sealed class AttributeKindsTests(NoahApplication application)
{
    [Fact]
    public async Task SetsAndDates_AreDeclaredImportedTrainedScoredExplainedAndWatched()
    {
        var campaign = await PastCampaign.CreateAsync(application, 900);
        var tenant = campaign.Tenant;
        await tenant.PutAsync("/v1/memberSchema", new { attributes = new[] { new { name = "likes", type = "names" }, new { name = "joined", type = "date" } } });
        await FillAsync(campaign);
        using var wrong = await tenant.SendAsync(HttpMethod.Put, "/v1/members/one", new { attributes = new { likes = new object[] { "tea", 3 } } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var member = (await tenant.PutAsync("/v1/members/one", new { attributes = new { likes = new[] { "tea", "Öl" }, joined = "2024-12-31" } })).GetProperty("name").GetString()!;

        var name = (await tenant.PostAsync("/v1/models", new { displayName = "m", experiment = campaign.Experiment, seed = 7 })).GetProperty("name").GetString()!;
        await tenant.RunAsync($"/v1/{name}:train", new { });
        Assert.Contains((await tenant.GetAsync($"/v1/{name}")).GetProperty("features").EnumerateArray(), feature => feature.GetString() == "likes");
        await tenant.RunAsync($"/v1/{name}:checkDrift", new { });
        var items = (await tenant.GetAsync($"/v1/{name}")).GetProperty("drift").GetProperty("report").GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("name").GetString()).ToArray();
        Assert.Contains("likes", items);
        Assert.Contains("joined (day of year)", items);

        var scores = await tenant.PostAsync($"/v1/{name}:score", new { members = new[] { member }, explain = true });
        var visit = scores.GetProperty("items")[0].GetProperty("scores")[0].GetProperty("explanations").GetProperty("visit").GetProperty("contributions").EnumerateArray();
        Assert.Contains(visit, contribution => contribution.GetProperty("feature").GetString() == "likes" && contribution.GetProperty("value").GetString() == "tea, Öl");

        var segment = (await tenant.PostAsync("/v1/segments", new { displayName = "S", filter = new { attribute = "likes", op = "has", value = "Öl" } })).GetProperty("name").GetString();
        Assert.Equal(1, (await tenant.PostAsync($"/v1/{segment}:estimate", new { })).GetProperty("count").GetInt32());
    }

    [Fact]
    public void Names_InAFile_ArePartedByABar()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            Assert.True(AttributeValues.TryWrite(writer, "likes", AttributeType.Names, "tea | Öl||milk"));
            Assert.False(AttributeValues.TryWrite(writer, "likes", AttributeType.Names, string.Join('|', Enumerable.Range(0, 101))));
            writer.WriteEndObject();
        }

        var likes = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("likes");
        Assert.Equal(["tea", "Öl", "milk"], likes.EnumerateArray().Select(item => item.GetString()));
        Assert.True(AttributeValues.Matches(AttributeType.Names, likes));
        Assert.False(AttributeValues.Matches(AttributeType.Names, JsonDocument.Parse("[\"\"]").RootElement));
    }

    [Fact]
    public void Date_IsANumberOfDays_AndAPlaceInTheYear()
    {
        Assert.True(AttributeValues.TryDate("2024-12-31", out var last));
        Assert.True(AttributeValues.TryDate("2025-01-01", out var first));
        FeatureColumn[] columns = [.. MemberFeatures.Of(new MemberColumn("joined", AttributeType.Date, [last, first, float.NaN], null), "joined")];
        Assert.Equal([last, first, float.NaN], columns[0].Numbers.ToArray());
        Assert.Equal([365, 0, float.NaN], columns[1].Numbers.ToArray());
        Assert.Equal(CyclePeriod.DaysOfYear, columns[1].Spec.Period);
    }

    private async Task FillAsync(PastCampaign campaign)
    {
        await using var connection = new NpgsqlConnection(application.OwnerConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            """
            UPDATE members SET attributes = attributes || jsonb_build_object(
                'likes', CASE WHEN external_id::int % 3 = 0 THEN '["tea"]'::jsonb WHEN external_id::int % 3 = 1 THEN '["tea", "milk"]'::jsonb ELSE '[]'::jsonb END,
                'joined', to_char(date '2020-01-01' + external_id::int, 'YYYY-MM-DD'))
            WHERE tenant_id = $1
            """, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = campaign.Tenant.Id });
        Assert.Equal(campaign.Members.Length, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
