using System.Text.Json;
using Noah.Prediction.Artifacts;

namespace Noah.Prediction.Training;

/// <summary>
/// States of the folds of one training, in the form of a model file. The generator of chance is not in it: folds, starting weights and
/// orders of rows are drawn again, which costs no training.
/// </summary>
internal static class CheckpointFile
{
    private const string Kind = "checkpoint";

    /// <param name="stream">Writable.</param>
    /// <param name="training">What the training is of, by digest of data and options.</param>
    /// <param name="states">By fold; all but the last have ended.</param>
    public static void Write(Stream stream, string training, IReadOnlyList<FoldState> states)
    {
        var tensors = new List<ArtifactTensor>();
        for (int fold = 0; fold < states.Count; fold++)
        {
            foreach (var (name, values) in Named(fold, states[fold]))
            {
                tensors.Add(new ArtifactTensor(name, [values.Length], values));
            }
        }
        ArtifactContainer.Write(stream, Kind, new Header(training, [.. states.Select(Bare)]), tensors);
    }

    /// <exception cref="InvalidDataException">It is no checkpoint, is damaged, or of another training.</exception>
    public static IReadOnlyList<FoldState> Read(Stream stream, string training)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        if (header.Training != training)
        {
            throw new InvalidDataException("The checkpoint is of a training with other data or options.");
        }
        var byName = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values, StringComparer.Ordinal);
        return [.. header.States.Select((state, fold) => state.Stopped is null
            ? state with
            {
                Best = Values(fold, "best"),
                Weights = Values(fold, "weights"),
                Optimizer = state.Optimizer with { Moments = [.. Enumerable.Range(0, MomentsOf(fold)).Select(k => Values(fold, $"moment.{k}"))] },
            }
            : state with { Best = Values(fold, "best") })];

        float[] Values(int fold, string name) => byName.TryGetValue($"fold.{fold}.{name}", out float[]? values)
            ? values
            : throw new InvalidDataException($"The checkpoint lacks '{name}' of fold {fold}.");

        int MomentsOf(int fold) => Enumerable.Range(0, int.MaxValue).First(k => !byName.ContainsKey($"fold.{fold}.moment.{k}"));
    }

    /// <summary>What a training is of.</summary>
    public static string Identity(string dataDigest, TrainingOptions options) =>
        $"{dataDigest} {options.GetType().Name} {JsonSerializer.Serialize<object>(options)}";

    private static IEnumerable<(string Name, float[] Values)> Named(int fold, FoldState state)
    {
        yield return ($"fold.{fold}.best", state.Best);
        if (state.Stopped is null)
        {
            yield return ($"fold.{fold}.weights", state.Weights);
            for (int k = 0; k < state.Optimizer.Moments.Count; k++)
            {
                yield return ($"fold.{fold}.moment.{k}", state.Optimizer.Moments[k]);
            }
        }
    }

    private static FoldState Bare(FoldState state) => state with { Weights = [], Best = [], Optimizer = state.Optimizer with { Moments = [] } };

    private sealed record Header(string Training, IReadOnlyList<FoldState> States);
}
