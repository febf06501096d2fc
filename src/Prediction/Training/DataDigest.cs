using System.Runtime.InteropServices;
using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>
/// A fingerprint of training data, so that a model can be traced to the snapshot it was trained on. Columns are digested each by itself, so
/// that rows may come in batches: a table gives the same fingerprint whole.
/// </summary>
internal sealed class DataDigest
{
    private readonly FeatureSpec[] _schema;
    private readonly RunningDigest[] _columns, _labels;
    private readonly RunningDigest _actions = new();

    public DataDigest(IEnumerable<FeatureSpec> schema, int labels)
    {
        _schema = [.. schema];
        _columns = [.. _schema.Select(_ => new RunningDigest())];
        _labels = [.. Enumerable.Range(0, labels).Select(_ => new RunningDigest())];
    }

    public static string Compute(FeatureTable features, ReadOnlySpan<int> actions, IReadOnlyList<float[]> labels)
    {
        var digest = new DataDigest(features.Schema, labels.Count);
        digest.Add(features, actions, labels);
        return digest.Current();
    }

    public void Add(FeatureTable features, ReadOnlySpan<int> actions, IReadOnlyList<float[]> labels)
    {
        for (int c = 0; c < _schema.Length; c++)
        {
            Add(_columns[c], features.Column(_schema[c]));
        }
        _actions.Add(MemoryMarshal.AsBytes(actions));
        for (int k = 0; k < _labels.Length; k++)
        {
            _labels[k].Add(MemoryMarshal.AsBytes<float>(labels[k]));
        }
    }

    /// <summary>In lower-case hex.</summary>
    public string Current()
    {
        var all = new RunningDigest();
        for (int c = 0; c < _schema.Length; c++)
        {
            all.Add((int)_schema[c].Kind);
            all.Add(_schema[c].Name);
            all.Add(BitConverter.SingleToInt32Bits(_schema[c].Period ?? 0));
            all.Add(_columns[c].Current());
        }
        foreach (var column in _labels.Prepend(_actions))
        {
            all.Add(column.Current());
        }
        return Convert.ToHexStringLower(all.Current());
    }

    private static void Add(RunningDigest digest, FeatureColumn column)
    {
        switch (column.Spec.Kind)
        {
            case FeatureKind.Categorical:
                foreach (string? name in column.Names)
                {
                    digest.Add(name);
                }
                break;
            case FeatureKind.MultiValued:
                foreach (string[]? set in column.NameSets)
                {
                    digest.Add(set?.Length ?? -1);
                    foreach (string name in set ?? [])
                    {
                        digest.Add(name);
                    }
                }
                break;
            default:
                digest.Add(MemoryMarshal.AsBytes(column.Numbers));
                break;
        }
    }
}
