namespace Noah.Api.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Noah.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Noah.sln is not above the tests.");
        }

        return folder.FullName;
    }
}
