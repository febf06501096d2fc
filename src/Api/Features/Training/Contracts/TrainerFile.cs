using System.Security.Cryptography;
using System.Text.Json;

namespace Noah.Api.Features.Training.Contracts;

/// <summary>Files of a trainer's folder other than rows. Both sides are the same build, so that JSON is read back as it was written.</summary>
internal static class TrainerFile
{
    // Not that of the API, which leaves out what is null and so could not give it back where a record requires it.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Write<T>(string folder, string name, T content)
    {
        using var file = File.Create(Path.Combine(folder, name));
        JsonSerializer.Serialize(file, content, Json);
    }

    /// <exception cref="InvalidDataException">It is missing or can't be read.</exception>
    public static T Read<T>(string folder, string name)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            return JsonSerializer.Deserialize<T>(file, Json) ?? throw new InvalidDataException($"The trainer's file {name} is empty.");
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new InvalidDataException($"The trainer's file {name} can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes what saves itself.</summary>
    /// <returns>Its SHA-256.</returns>
    public static string Save(string folder, string name, Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        var content = stream.ToArray();
        File.WriteAllBytes(Path.Combine(folder, name), content);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    /// <exception cref="InvalidDataException">It is missing, or damaged.</exception>
    public static T Load<T>(string folder, string name, string digest, Func<Stream, T> load)
    {
        var path = Path.Combine(folder, name);
        var content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return Convert.ToHexStringLower(SHA256.HashData(content)) == digest
            ? load(new MemoryStream(content))
            : throw new InvalidDataException($"The trainer's file {name} does not fit its digest.");
    }
}
