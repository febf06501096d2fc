using System.Globalization;
using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Response;
using Noah.Prediction.Trees;
using Noah.Prediction.Uplift;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>What a training leaves: <c>result.json</c>, which is written last and names every other file with its SHA-256, and a file for each thing learnt.</summary>
/// <param name="Predictors">What members are scored with.</param>
/// <param name="ResponseTrees">Yardsticks by outcome, which are judged and not kept.</param>
/// <param name="Increments">What each action adds, as far as the training half supports it.</param>
/// <param name="Seconds">By stage.</param>
internal sealed record TrainerResult(
    Predictors Predictors,
    IReadOnlyDictionary<string, BoostedTrees> ResponseTrees,
    IReadOnlyList<CardIncrement> Increments,
    IReadOnlyDictionary<string, double> Seconds)
{
    private const int Format = 1;
    private const string ManifestName = "result.json", ResponseName = "response", ValueName = "value", UpliftName = "uplift-", TreesName = "trees-";

    public void Write(string folder)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ResponseName, Predictors.Response is { } response ? response.Save : null);
        Add(ValueName, Predictors.Value is { } value ? value.Save : null);
        foreach (var (action, learner) in Predictors.Uplift)
        {
            Add(Numbered(UpliftName, action), learner.Save);
        }

        foreach (var (index, trees) in ResponseTrees.Values.Index())
        {
            Add(Numbered(TreesName, index), trees.Save);
        }

        TrainerFile.Write(folder, ManifestName, new Manifest(Format, digests, [.. Predictors.Uplift.Keys], [.. ResponseTrees.Keys], Increments, Seconds));

        void Add(string name, Action<Stream>? save)
        {
            if (save is not null)
            {
                digests[name] = TrainerFile.Save(folder, name, save);
            }
        }
    }

    /// <exception cref="InvalidDataException">A file is missing or damaged, or the result is of another format.</exception>
    public static TrainerResult Read(string folder)
    {
        var manifest = TrainerFile.Read<Manifest>(folder, ManifestName);
        if (manifest.Format != Format)
        {
            throw new InvalidDataException($"The trainer's result is not of format {Format}.");
        }

        return new TrainerResult(
            new Predictors(
                Load(ResponseName, ResponseModel.Load),
                Load(ValueName, ValueModel.Load),
                manifest.Uplift.ToDictionary(action => action, action => Load(Numbered(UpliftName, action), UpliftModel.Load)!)),
            manifest.Trees.Index().ToDictionary(trees => trees.Item, trees => Load(Numbered(TreesName, trees.Index), BoostedTrees.Load)!, StringComparer.Ordinal),
            manifest.Increments,
            manifest.Seconds);

        T? Load<T>(string name, Func<Stream, T> load)
            where T : class => manifest.Digests.TryGetValue(name, out var digest) ? TrainerFile.Load(folder, name, digest, load) : null;
    }

    private static string Numbered(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);

    private sealed record Manifest(
        int Format,
        IReadOnlyDictionary<string, string> Digests,
        IReadOnlyList<int> Uplift,
        IReadOnlyList<string> Trees,
        IReadOnlyList<CardIncrement> Increments,
        IReadOnlyDictionary<string, double> Seconds);
}
