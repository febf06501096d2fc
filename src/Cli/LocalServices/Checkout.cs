namespace Noah.Cli.LocalServices;

/// <summary>The repository this command belongs to and the places it uses there.</summary>
internal sealed class Checkout
{
    public const string SolutionFile = "Noah.sln";

    private Checkout(string root) => Root = root;

    public string Root { get; }

    /// <summary>Everything that running NOAH leaves behind: keys, cluster, mail, logs.</summary>
    public string State => Directory.CreateDirectory(Path.Combine(Root, ".noah")).FullName;

    public string Logs => Directory.CreateDirectory(Path.Combine(State, "logs")).FullName;

    /// <summary>The checkout above the folder of this program.</summary>
    public static Checkout Find() => FindAbove(AppContext.BaseDirectory)
        ?? throw new CommandFailedException($"No {SolutionFile} above {AppContext.BaseDirectory}: run ./noah from a checkout.");

    public static Checkout? FindAbove(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, SolutionFile)))
            {
                return new Checkout(place.FullName);
            }
        }
        return null;
    }

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public string LogOf(string service) => Path.Combine(Logs, service + ".log");

    /// <summary>The newest build of a project's program.</summary>
    public string BuiltProgram(string project, string configuration = "debug")
    {
        var bin = PathOf("artifacts", "bin", project);
        var built = Directory.Exists(bin)
            ? Directory.EnumerateDirectories(bin, configuration + "*").Select(folder => Path.Combine(folder, $"Noah.{project}.dll")).Where(File.Exists)
            : [];
        return built.OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault()
            ?? throw new CommandFailedException($"{project} is not built: run dotnet build in {Root}.");
    }
}
