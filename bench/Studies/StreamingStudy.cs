using Noah.Bench.Instances;
using Noah.Bench.Peers;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>Training on more rows than are wanted in memory: in a process of its own, beside the same on a table where that is small enough.</summary>
internal sealed class StreamingStudy : IChildStudy
{
    private const int ComparedRows = 300_000, EncodedRows = 1 << 16, Rounds = 15;
    private const double LimitSeconds = 3600;

    public string Name => "streaming";

    public string Claim =>
        "10 million rows of 30 features, fed in batches, are fitted and trained on in less than 4 GB, with the bytes that a table gives.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("rows", 10_000_000, 10_000, 100_000_000, "Rows of the large training."),
        new("batch", 16_384, 100, 1_000_000, "Rows that are fed at once."),
        StudyParameter.Choice("network", "What is trained, for one epoch.", "dcn", "ziln"),
    ];

    public object RunChild(string role, StudyParameters parameters) =>
        StreamedTraining.Run(parameters.Whole("rows"), parameters.Whole("batch"), parameters.Word("network") == "ziln");

    public StudyResult Run(StudyParameters parameters)
    {
        int rows = parameters.Whole("rows");
        var large = ChildCall.Ask<StreamedTraining>("noah", this, parameters, LimitSeconds)
            ?? throw new InvalidOperationException("The child that trains on all rows failed.");
        var world = new ContactWorld(1);
        var (fromTable, ofTable) = Score(world, null);
        var (fromBatches, ofBatches) = Score(world, 7919);
        var (encode, peer) = EncodingSpeed(world);
        return new StudyResult(
            [
                new Figure("peakGigabytes", large.PeakGigabytes, "GB"),
                new Figure("held once, encoded", large.StoreGigabytes, "GB"),
                new Figure("fitRowsPerSecond", rows / large.FitSeconds, "rows/s"),
                new Figure("storeRowsPerSecond", rows / large.EncodeSeconds, "rows/s"),
                new Figure("train, score and judge", large.TrainSeconds, "s"),
                new Figure("auc", large.Auc, "share"),
                new Figure("auc, 300,000 rows from a table", fromTable, "share"),
                new Figure("auc, 300,000 rows in batches", fromBatches, "share"),
                new Figure("encodeRowsPerSecond", encode, "rows/s"),
                new Figure("encodeRowsPerSecond, dictionaries", peer, "rows/s"),
            ],
            [
                Target.AtMost("peak resident memory of the process that trains, GB", large.PeakGigabytes, 4),
                Target.AtMost("AUC from a table and in batches, difference", Math.Abs(fromTable - fromBatches), 0.002),
                Target.AtLeast("models from a table and in batches, equal bytes", ofTable.AsSpan().SequenceEqual(ofBatches) ? 1 : 0, 1),
                Target.AtLeast("rows encoded a second from names and numbers", encode, 1_000_000),
            ])
        {
            Notes =
            [
                "storeRowsPerSecond encodes, packs and digests; encodeRowsPerSecond encodes a table of 65,536 rows with all 349,000 names kept.",
                "Drawing the rows is in no figure but the memory.",
            ],
        };
    }

    /// <summary>AUC on unseen rows, and the model's file.</summary>
    private static (double Auc, byte[] File) Score(ContactWorld world, int? batchRows)
    {
        ResponseModel model;
        if (batchRows is { } size)
        {
            var builder = new FeatureEncoderBuilder();
            foreach (var batch in SyntheticContacts.Batches(world, ComparedRows, 1, size))
            {
                builder.Add(batch.Features);
            }
            var stored = new EncodedRows(builder.Build());
            foreach (var batch in SyntheticContacts.Batches(world, ComparedRows, 1, size + 1))
            {
                stored.Add(batch.Features, new int[batch.Clicks.Length], batch.Clicks);
            }
            model = ResponseModel.Train(stored, StreamedTraining.Response);
        }
        else
        {
            var whole = world.Draw(1, 0, ComparedRows);
            model = ResponseModel.Train(whole.Features, new int[ComparedRows], whole.Clicks, StreamedTraining.Response);
        }
        var heldOut = world.Draw(2, 0, 100_000);
        using var file = new MemoryStream();
        model.Save(file);
        return (model.Evaluate(heldOut.Features, new int[heldOut.Clicks.Length], heldOut.Clicks).Auc ?? double.NaN, file.ToArray());
    }

    private static (double Ours, double Peer) EncodingSpeed(ContactWorld world)
    {
        var table = world.Draw(1, 0, EncodedRows).Features;
        var encoder = FeatureEncoder.Fit(table, new FeatureEncoderOptions { MinNameCount = 1, MaxNames = ContactWorld.MostNames });
        var dictionaries = new DictionaryEncoding(table);
        var (ours, peer) = Measure.SideBySide(() => encoder.Transform(table), () => dictionaries.Encode(table), Rounds);
        return (EncodedRows / ours, EncodedRows / peer);
    }
}
