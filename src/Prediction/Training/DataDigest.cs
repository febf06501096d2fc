using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>A fingerprint of training data, so that a model can be traced to the snapshot it was trained on.</summary>
internal static class DataDigest
{
    public static string Compute(FeatureTable features, ReadOnlySpan<int> actions, IEnumerable<float[]> labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        foreach (var column in features.Columns)
        {
            text.Clear().Append(column.Spec.Kind).Append('\0').Append(column.Spec.Name).Append('\0').Append(column.Rows).Append('\0');
            if (column.Spec.Kind == FeatureKind.Numeric)
            {
                hash.AppendData(MemoryMarshal.AsBytes(column.Numbers));
            }
            else
            {
                foreach (string? name in column.Names)
                {
                    // The mark keeps "missing" and "empty" apart.
                    text.Append(name is null ? '-' : '+').Append(name).Append('\0');
                }
            }
            hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        }
        hash.AppendData(MemoryMarshal.AsBytes(actions));
        foreach (float[] label in labels)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(label));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
