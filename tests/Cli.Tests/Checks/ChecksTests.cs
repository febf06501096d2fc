using Noah.Cli.Checks;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Tests.Checks;

public sealed class ChecksTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("noah-checks-").FullName;

    public ChecksTests() => File.WriteAllText(Path.Combine(_root, Checkout.SolutionFile), "");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Docs_WithoutFault_GiveNoLine()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs"));
        Write("docs/architecture.md", "[up](../README.md#start) [site](https://example.org/x) ![p](<../a picture.png>)");
        Write("a picture.png", "");
        Write("README.md", "`./noah demo` and `./noah test`, see [it](docs/architecture.md) and [folder](docs/), ```\n[not](a-link)\n```");
        Assert.Empty(DocsCheck.Faults(Checkout.FindAbove(_root)!));
    }

    [Fact]
    public void Docs_BrokenLinksAndMissingCommand_AreNamed()
    {
        Write("README.md", "Only `./noah demo`. [gone](docs/gone.md) <img src=\"docs/picture.png\">");
        Assert.Equal(
            ["README.md does not name ./noah test.", "README.md: docs/gone.md does not exist.", "README.md: docs/picture.png does not exist."],
            DocsCheck.Faults(Checkout.FindAbove(_root)!));
    }

    [Fact]
    public void Reports_AreSummed_AndFailuresAndSkippedPostgresTestsAreNamed()
    {
        Write("a.xunit.xml", """
            <assemblies><assembly passed="2" failed="1" skipped="1" errors="0"><collection>
              <test name="A.B" result="Skip"><traits><trait name="Needs" value="Postgres" /></traits></test>
            </collection></assembly></assemblies>
            """);
        Write("b.xunit.xml", """
            <assemblies><assembly passed="3" failed="0" skipped="1" errors="1"><collection>
              <test name="C.D" result="Skip"><traits><trait name="Size" value="Slow" /></traits></test>
              <test name="C.F" result="Fail"><failure><message>Expected 3,
            found 4.</message></failure></test>
              <test name="C.E" result="Pass"><traits><trait name="Needs" value="Postgres" /></traits></test>
            </collection></assembly></assemblies>
            """);
        var reports = TestReports.Read(_root);
        Assert.Equal("5 passed, 2 failed, 2 skipped", reports.ToString());
        Assert.Equal(["A.B"], reports.SkippedPostgres);
        Assert.Matches("^C\\.F: Expected 3, +found 4\\.$", Assert.Single(reports.Failures));
    }

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(_root, path), text);
}
