namespace Noah.Cli.Tests;

public sealed class NoahCommandTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("demo", "--keeep")]
    [InlineData("demo", "--data")]
    [InlineData("demo", "--data", "/no/such/file.csv.gz")]
    [InlineData("test", "extra")]
    [InlineData("migrate", "--force")]
    public async Task WrongArgument_GivesOneLineAndExitCodeTwo(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await NoahCommand.InvokeAsync(args, output, error, TestContext.Current.CancellationToken);
        Assert.Equal(2, exitCode);
        Assert.Empty(output.ToString());
        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("noah: ", line, StringComparison.Ordinal);
        if (args.Length < 3)
        {
            Assert.Contains(args[^1], line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task NoArgument_ShowsTheCommands()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await NoahCommand.InvokeAsync([], output, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.All(
            ["demo", "test", "up", "migrate", "worker", "bench"],
            command => Assert.Contains(command, output.ToString(), StringComparison.Ordinal));
    }
}
