using System.Globalization;
using System.Xml.Linq;

namespace Noah.Cli.Checks;

/// <summary>Sums the xUnit XML reports of a test run, one a project.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, and errors outside tests.</param>
/// <param name="Skipped">Tests that were skipped.</param>
/// <param name="SkippedPostgres">Names of skipped tests with the trait Needs=Postgres: PostgreSQL is always there, so none may be skipped.</param>
internal sealed record TestReports(int Passed, int Failed, int Skipped, IReadOnlyList<string> SkippedPostgres)
{
    public static readonly TestReports None = new(0, 0, 0, []);

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
        return new TestReports(Sum("passed"), Sum("failed") + Sum("errors"), Sum("skipped"), [.. skipped]);
    }

    private static bool IsNeedsPostgres(XElement trait) =>
        (string?)trait.Attribute("name") == "Needs" && (string?)trait.Attribute("value") == "Postgres";

    private TestReports Plus(TestReports other) => new(
        Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped, [.. SkippedPostgres, .. other.SkippedPostgres]);
}
