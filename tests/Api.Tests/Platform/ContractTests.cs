namespace Noah.Api.Tests.Platform;

/// <summary>docs/openapi.json is what the host answers: a change of the contract is seen in review.</summary>
[Trait("Needs", "Postgres")]
public sealed class ContractTests(NoahApplication application)
{
    private const string UpdateVariable = "NOAH_UPDATE_CONTRACT";

    [Fact]
    public async Task OpenApiDocument_OfTheHost_IsTheCommittedOne()
    {
        var path = Path.Combine(Repository.Root, "docs", "openapi.json");
        var actual = (await application.Anonymous.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            await File.WriteAllTextAsync(path, actual);
        }

        Assert.True(
            await File.ReadAllTextAsync(path) == actual,
            $"The contract has changed. Look at it, and write it with {UpdateVariable}=1 ./noah test when it is meant.");
    }
}
