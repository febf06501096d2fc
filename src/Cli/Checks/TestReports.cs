using System.Globalization;
using System.Xml.Linq;

namespace Noah.Cli.Checks;

/// <summary>Sums the xUnit XML reports of a test run, one a project.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, and errors outside tests.</param>
/// <param name="Skipped">Tests that were skipped.</param>
/// <param name="Failures">Of each failed test its name and the start of what it says: CI may show no more than the end of a run.</param>
/// <param name="SkippedPostgres">Names of skipped tests with the trait Needs=Postgres: PostgreSQL is always there, so none may be skipped.</param>
internal sealed record TestReports(int Passed, int Failed, int Skipped, IReadOnlyList<string> Failures, IReadOnlyList<string> SkippedPostgres)
{
    private const int MessageLength = 400;

    public static readonly TestReports None = new(0, 0, 0, [], []);

    public static TestReports Read(string folder) => !Directory.Exists(folder)
        ? None
        : Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Select(ReadOne).Aggregate(None, (sum, one) => sum.Plus(one));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");

    private static TestReports ReadOne(string file)
    {
        var assemblies = XDocument.Load(file).Descendants("assembly").ToArray();
        int Sum(string attribute) => assemblies.Sum(assembly => (int?)assembly.Attribute(attribute) ?? 0);
        var skipped = assemblies.Descendants("test")
            .Where(test => (string?)test.Attribute("result") == "Skip" && test.Descendants("trait").Any(IsNeedsPostgres))
            .Select(test => (string?)test.Attribute("name") ?? "(unnamed)");
        var failures = assemblies.Descendants("test").Where(test => (string?)test.Attribute("result") == "Fail").Select(Failure);
        return new TestReports(Sum("passed"), Sum("failed") + Sum("errors"), Sum("skipped"), [.. failures], [.. skipped]);
    }

    private static string Failure(XElement test)
    {
        var message = ((string?)test.Element("failure")?.Element("message") ?? "").Trim().ReplaceLineEndings(" ");
        return $"{(string?)test.Attribute("name") ?? "(unnamed)"}: {(message.Length > MessageLength ? message[..MessageLength] + "…" : message)}";
    }

    private static bool IsNeedsPostgres(XElement trait) =>
        (string?)trait.Attribute("name") == "Needs" && (string?)trait.Attribute("value") == "Postgres";

    private TestReports Plus(TestReports other) => new(
        Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped, [.. Failures, .. other.Failures],
        [.. SkippedPostgres, .. other.SkippedPostgres]);
}
