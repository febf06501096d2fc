using System.Text.RegularExpressions;

namespace Noah.Architecture.Tests;

/// <summary>No Docker engine is needed to see that the container files name things that exist.</summary>
public sealed partial class ContainerRules
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Compose_SetsOnlySettingsThatTheHostReads()
    {
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "src/Api"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var settings = Setting().Matches(Read("docker-compose.yml")).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct();
        Assert.All(settings, setting => Assert.True(
            source.Contains($"\"{setting}\"", StringComparison.Ordinal) || source.Contains($"\"{setting[..setting.LastIndexOf(':')]}\"", StringComparison.Ordinal),
            $"docker-compose.yml sets {setting}, which no code reads."));
    }

    [Fact]
    public void Compose_DeclaresEverySecretAndServiceItUses()
    {
        var compose = Read("docker-compose.yml");
        var declared = DeclaredSecret().Matches(compose).Select(match => match.Groups[1].Value).ToHashSet();
        var used = UsedSecrets().Matches(compose).SelectMany(match => match.Groups[1].Value.Split(", "));
        Assert.All(used, secret => Assert.Contains(secret, declared));
        var made = Read("eng/make-secrets.sh");
        Assert.All(declared, secret => Assert.Contains(secret, made, StringComparison.Ordinal));
        Assert.Superset(new HashSet<string> { "postgres", "rabbitmq", "mail", "migrate", "api", "worker" }, Service().Matches(compose).Select(match => match.Groups[1].Value).ToHashSet());
    }

    [Fact]
    public void ContainerFiles_NamePathsThatExist()
    {
        var projects = Project().Matches(Read("Dockerfile")).Select(match => match.Value);
        Assert.All(projects, project => Assert.True(File.Exists(Path.Combine(Root, project)), project));
        Assert.Contains("./eng/provision-postgres.sh", Read("docker-compose.yml"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Root, "eng/provision-postgres.sh")));
    }

    [Fact]
    public void ImageTag_FitsTheTargetFramework() =>
        Assert.All(BaseImage().Matches(Read("Dockerfile")).Select(match => match.Groups[1].Value), version => Assert.Equal($"{Environment.Version.Major}.{Environment.Version.Minor}", version));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Noah.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Noah.sln is not above the tests.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("(Noah__[A-Za-z_]+):")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^  (\w+): \{ file:", RegexOptions.Multiline)]
    private static partial Regex DeclaredSecret();

    [GeneratedRegex(@"secrets: \[([\w, ]+)\]")]
    private static partial Regex UsedSecrets();

    [GeneratedRegex(@"^  ([a-z]+):$", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex(@"[\w/]+\.csproj")]
    private static partial Regex Project();

    [GeneratedRegex(@"mcr\.microsoft\.com/dotnet/\w+:([\d.]+)-")]
    private static partial Regex BaseImage();
}
