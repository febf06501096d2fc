namespace Noah.Api.Platform.Security;

/// <summary>Secrets come from files (as Docker and Kubernetes mount them), never from the command line or the environment.</summary>
internal static class SecretFile
{
    public static string Read(IConfiguration configuration, string setting)
    {
        var path = configuration[setting] ?? throw new InvalidOperationException($"{setting} is missing: the path of a file with the secret.");
        var text = File.Exists(path) ? File.ReadAllText(path).Trim() : throw new InvalidOperationException($"{setting} names {path}, which does not exist.");
        return text.Length >= 32 ? text : throw new InvalidOperationException($"{setting}: the secret in {path} is shorter than 32 characters.");
    }
}
