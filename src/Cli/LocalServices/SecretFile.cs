using System.Buffers.Text;
using System.Security.Cryptography;

namespace Noah.Cli.LocalServices;

/// <summary>A file that holds one generated secret and that its owner alone can read.</summary>
internal static class SecretFile
{
    private const int Bytes = 32;

    /// <summary>The file's secret: 32 random bytes in base64url after <paramref name="prefix"/>, generated when the file is missing.</summary>
    public static string ReadOrCreate(string path, string prefix = "")
    {
        if (!File.Exists(path))
        {
            Create(path, prefix + NewSecret());
        }

        return File.ReadAllText(path).Trim();
    }

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    private static void Create(string path, string secret)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(draft, options))
        {
            writer.WriteLine(secret);
        }

        try
        {
            // Whole or not at all, and the first of two starts wins.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
