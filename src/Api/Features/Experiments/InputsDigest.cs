using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Operations.Contracts;

namespace Noah.Api.Features.Experiments;

/// <summary>SHA-256 over everything that an analysis depends on: equal digest, equal report.</summary>
internal static class InputsDigest
{
    // Raised when the method changes, so that old inputs are analysed anew.
    private const string Method = "noah-analysis-2";

    public static byte[] Compute(Experiment experiment, ExperimentData data, IReadOnlyList<double> maturedShares)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(
            new { Method, Arms = experiment.ReadArms(), Metrics = experiment.ReadMetrics(), experiment.StartedAt, experiment.EndedAt, maturedShares },
            OperationJson.Options));
        hash.AppendData(MemoryMarshal.AsBytes<Guid>(data.MemberIds));
        hash.AppendData(MemoryMarshal.AsBytes<int>(data.ArmIndex));
        hash.AppendData(MemoryMarshal.AsBytes<double>(data.Propensity));
        foreach (var metric in data.Metrics)
        {
            hash.AppendData(MemoryMarshal.AsBytes<double>(metric.Values));
        }

        return hash.GetHashAndReset();
    }
}
