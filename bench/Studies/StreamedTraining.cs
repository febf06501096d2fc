using System.Diagnostics;
using Noah.Bench.Instances;
using Noah.Bench.Peers;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Bench.Studies;

/// <summary>What a training on streamed contacts measured of its own process, in one line of JSON.</summary>
internal sealed record StreamedTraining
{
    public required double FitSeconds { get; init; }

    public required double EncodeSeconds { get; init; }

    public required double StoreGigabytes { get; init; }

    public required double TrainSeconds { get; init; }

    /// <summary>Of clicks, or of there being an amount, on rows that took no part.</summary>
    public required double Auc { get; init; }

    public required double PeakGigabytes { get; init; }

    /// <summary>One epoch of a small network on rows that are drawn twice, in batches: for the rules and for the store.</summary>
    public static StreamedTraining Run(int rows, int batchRows, bool isValue)
    {
        var world = new ContactWorld(1);
        Stopwatch fit = new(), encode = new(), train = new();
        var builder = new FeatureEncoderBuilder();
        foreach (var batch in SyntheticContacts.Batches(world, rows, 1, batchRows))
        {
            fit.Start();
            builder.Add(batch.Features);
            fit.Stop();
        }
        fit.Start();
        var stored = new EncodedRows(builder.Build());
        fit.Stop();
        foreach (var batch in SyntheticContacts.Batches(world, rows, 1, batchRows))
        {
            encode.Start();
            stored.Add(batch.Features, new int[batch.Clicks.Length], isValue ? batch.Amounts : batch.Clicks);
            encode.Stop();
        }
        train.Start();
        var heldOut = world.Draw(2, 0, 100_000);
        var auc = isValue
            ? ValueModel.Train(stored, Value).Evaluate(heldOut.Features, new int[heldOut.Amounts.Length], heldOut.Amounts).Positive.Auc
            : ResponseModel.Train(stored, Response).Evaluate(heldOut.Features, new int[heldOut.Clicks.Length], heldOut.Clicks).Auc;
        return new StreamedTraining
        {
            FitSeconds = fit.Elapsed.TotalSeconds,
            EncodeSeconds = encode.Elapsed.TotalSeconds,
            StoreGigabytes = stored.Bytes / 1e9,
            TrainSeconds = train.Elapsed.TotalSeconds,
            Auc = auc ?? double.NaN,
            PeakGigabytes = PeerClock.PeakRssMb() * 1024 * 1024 / 1e9,
        };
    }

    /// <summary>A small DCNv2 that looks once at nine tenths of the rows.</summary>
    public static readonly ResponseOptions Response = new()
    {
        Folds = 10,
        Networks = 1,
        MaxEpochs = 1,
        BatchSize = 4096,
        EmbeddingWidth = 8,
        Hidden = [32],
        CrossLayers = 2,
        CrossRank = 16,
    };

    private static readonly ValueOptions Value = new()
    {
        Folds = 10,
        Networks = 1,
        MaxEpochs = 1,
        BatchSize = 4096,
        EmbeddingWidth = 8,
        Hidden = [32],
        CrossLayers = 0,
    };
}
