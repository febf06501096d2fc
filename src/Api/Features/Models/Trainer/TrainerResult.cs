using System.Security.Cryptography;
using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>What a training leaves: <c>result.json</c>, which is written last and names every other file with its SHA-256, and a file for each network.</summary>
/// <param name="Predictors">The networks.</param>
/// <param name="Increments">What each action adds, as far as the training half supports it.</param>
/// <param name="Seconds">By stage.</param>
internal sealed record TrainerResult(Predictors Predictors, IReadOnlyList<CardIncrement> Increments, IReadOnlyDictionary<string, double> Seconds)
{
    private const int Format = 1;
    private const string ManifestName = "result.json", ResponseName = "response.model", ValueName = "value.model";

    public void Write(string folder)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ResponseName, Predictors.Response is { } response ? response.Save : null);
        Add(ValueName, Predictors.Value is { } value ? value.Save : null);
        using var manifest = File.Create(Path.Combine(folder, ManifestName));
        JsonSerializer.Serialize(manifest, new Manifest(Format, digests, Increments, Seconds), OperationJson.Options);

        void Add(string name, Action<Stream>? save)
        {
            if (save is not null)
            {
                using var content = new MemoryStream();
                save(content);
                digests[name] = Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
                File.WriteAllBytes(Path.Combine(folder, name), content.ToArray());
            }
        }
    }

    /// <exception cref="InvalidDataException">A file is missing or damaged, or the result is of another format.</exception>
    public static TrainerResult Read(string folder)
    {
        var manifest = ReadManifest(folder);
        return new TrainerResult(
            new Predictors(
                Load(ResponseName, ResponseModel.Load),
                Load(ValueName, ValueModel.Load)),
            manifest.Increments,
            manifest.Seconds);

        T? Load<T>(string name, Func<Stream, T> load)
            where T : class
        {
            if (!manifest.Digests.TryGetValue(name, out var digest))
            {
                return null;
            }

            var path = Path.Combine(folder, name);
            var content = File.Exists(path) ? File.ReadAllBytes(path) : [];
            return Convert.ToHexStringLower(SHA256.HashData(content)) == digest
                ? load(new MemoryStream(content))
                : throw new InvalidDataException($"The trainer's file {name} does not fit its digest.");
        }
    }

    private static Manifest ReadManifest(string folder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, ManifestName));
            return JsonSerializer.Deserialize<Manifest>(file, OperationJson.Options) is { Format: Format } manifest
                ? manifest
                : throw new InvalidDataException($"The trainer's result is not of format {Format}.");
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new InvalidDataException($"The trainer's result can't be read: {exception.Message}", exception);
        }
    }

    private sealed record Manifest(
        int Format, IReadOnlyDictionary<string, string> Digests, IReadOnlyList<CardIncrement> Increments, IReadOnlyDictionary<string, double> Seconds);
}
