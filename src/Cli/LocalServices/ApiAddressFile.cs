namespace Noah.Cli.LocalServices;

/// <summary>Where <c>noah up</c> answers, written down for the workers that are started beside it: their mails link to it.</summary>
internal sealed class ApiAddressFile : IDisposable
{
    private readonly string _path;

    private ApiAddressFile(string path) => _path = path;

    public static ApiAddressFile Write(string folder, Uri address)
    {
        var path = PathIn(folder);
        File.WriteAllText(path, address.GetLeftPart(UriPartial.Authority));
        return new ApiAddressFile(path);
    }

    /// <summary>The address; null when no Api is up.</summary>
    public static Uri? Read(string folder) =>
        File.Exists(PathIn(folder)) && Uri.TryCreate(File.ReadAllText(PathIn(folder)), UriKind.Absolute, out var address) ? address : null;

    public void Dispose() => File.Delete(_path);

    private static string PathIn(string folder) => Path.Combine(folder, "api.address");
}
