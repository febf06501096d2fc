using Noah.Bench.Instances;
using Noah.Bench.Peers;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>
/// How many rows a second the networks of response and value learn and score, by processor time of one torch thread, beside PyTorch on the
/// same rows; whether memory stays flat, the bytes the same and a busy neighbour bearable.
/// </summary>
internal sealed class TrainingStudy : IStudy
{
    private const int DeterminismRows = 20_000, Candidates = 500, Calls = 1_000;

    public string Name => "training";

    public string Claim =>
        "A million rows with 349,000 names train by the row-wise optimiser at 120,000 (ZILN), 60,000 (DCNv2) and 40,000 (Residual DCN) rows a processor second, 0.85 of PyTorch or more, in flat memory.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("rows", 1_000_000, 10_000, 20_000_000, "Rows; nine tenths train, a tenth validates, as many again are scored."),
        new("epochs", 3, 2, 100, "Epochs; the first is not timed."),
        new("batch", 4096, 16, 1_000_000, "Rows per step."),
        StudyParameter.Choice("network", "What is trained.", "all", "ziln", "dcn", "residual", "none"),
        StudyParameter.Choice("precision", "Of matrix products.", "both", "full", "medium"),
        StudyParameter.Choice("peer", "Whether PyTorch is measured.", "true", "false"),
        StudyParameter.Choice("guards", "Whether determinism and competition are.", "true", "false"),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        int rows = parameters.Whole("rows"), epochs = parameters.Whole("epochs"), batch = parameters.Whole("batch");
        List<Figure> figures = [new Figure("bare matrix products, before", MatrixProducts.OperationsPerSecond() / 1e9, "GFLOP/s")];
        List<Target> targets = [];
        List<string> notes =
        [
            "Rates are rows of training steps over processor seconds of the whole process in all epochs but the first: batches, passes, both optimisers, the pass over the validation rows, collector and compiler. Encoding is not in them.",
            "PyTorch's seconds are those of its training steps alone; its best of three batch sizes and two turns counts.",
        ];
        var data = SyntheticContacts.Draw(rows, 1);
        using var peer = parameters.Word("peer") == "true" ? Peer(data) : null;
        foreach (var network in TrainedNetwork.All.Where(network => parameters.Word("network") is var word && (word == "all" || word == network.Word)))
        {
            var peerRate = peer?.RowsPerSecond(network.Word, network.LabelsOf(data));
            double rate = 0;
            foreach (var precision in Enum.GetValues<MatrixPrecision>().Where(precision =>
                parameters.Word("precision") is var word && (word == "both" || string.Equals(word, precision.ToString(), StringComparison.OrdinalIgnoreCase))))
            {
                rate = Math.Max(rate, Measure(network, precision));
            }
            if (peerRate is not null && peer!.RowsPerSecond(network.Word, network.LabelsOf(data)) is { } best)
            {
                figures.Add(new Figure($"{network.Name}: PyTorch {peer.Version}", best, "rows/s"));
                figures.Add(new Figure($"{network.Name}: full precision over PyTorch", rate / best, "ratio"));
                targets.Add(Target.AtLeast($"rows trained per processor second over PyTorch's, {network.Name}", rate / best, 0.85));
            }
            else if (peer is not null)
            {
                notes.Add($"{network.Name}: PyTorch was not measured beside it: Debian's python3-torch or libopenblas0-pthread is not installed.");
            }
        }
        if (parameters.Word("guards") == "true")
        {
            Guards(figures, targets, Math.Min(rows, 200_000), batch);
        }
        figures.Add(new Figure("bare matrix products, after", MatrixProducts.OperationsPerSecond() / 1e9, "GFLOP/s"));
        return new StudyResult(figures, targets) { Notes = notes };

        // The rate in full precision, of which targets speak; 0 for the other.
        double Measure(TrainedNetwork network, MatrixPrecision precision)
        {
            bool isFull = precision == MatrixPrecision.Full;
            string name = isFull ? network.Name : $"{network.Name}, medium", figure = isFull ? network.Figure : $"{network.Figure}Medium";
            var (meter, model) = network.Train(data, epochs, batch, precision);
            var rate = meter.RowsPerSecond(TrainedNetwork.TrainingRows(rows));
            figures.AddRange(
            [
                new Figure(figure, rate, "rows/s"),
                new Figure($"{name}: lowest validation loss", meter.ValidationLoss, network.IsValue ? "nats" : "of a constant's"),
                new Figure($"{name}: its epoch", meter.BestEpoch, "epoch"),
                new Figure($"{name}: resident memory, last over second epoch", meter.Growth, "ratio"),
                new Figure($"{name}: resident memory", meter.ResidentMegabytes, "MB"),
                new Figure($"{name}: live tensors, last over first epoch", meter.TensorGrowth, "ratio"),
            ]);
            if (model is not null)
            {
                Score(network, name, model, isFull);
            }
            if (isFull)
            {
                targets.Add(Target.AtLeast($"rows trained per processor second, {name}", rate, network.LeastRows));
                targets.Add(Target.AtMost($"resident memory, last over second epoch, {name}", meter.Growth, 1.1));
                targets.Add(Target.AtMost($"live tensors, last over first epoch, {name}", meter.TensorGrowth, 1));
            }
            else if (model is not null && model.Training.MatrixPrecision == MatrixPrecision.Full)
            {
                notes.Add($"{name}: this processor has no bfloat16 products, the figures are of full precision.");
            }
            return isFull ? rate : 0;
        }

        void Score(TrainedNetwork network, string name, ResponseModel model, bool isFull)
        {
            var heldOut = SyntheticContacts.Draw(rows / 10, 2);
            var metrics = model.Evaluate(heldOut.Features, new int[heldOut.Clicks.Length], heldOut.Clicks);
            figures.Add(new Figure($"{name}: held-out AUC of its best epoch", metrics.Auc ?? double.NaN, "share"));
            if (!isFull)
            {
                return;
            }
            var served = ServingStudy.Measured(model, heldOut, Candidates, Calls);
            figures.AddRange(network.HasAttention ? served.Select(figure => figure with { Name = "residual: " + figure.Name }) : served);
            if (!network.HasAttention)
            {
                targets.Add(Target.AtLeast("rows scored per processor second", Served("scoreRowsPerSecond"), 400_000));
                targets.Add(Target.AtLeast("rows scored per processor second in bytes", Served("reducedScoreRowsPerSecond"), 700_000));
                targets.Add(Target.AtMost("500 candidates from names, 99th percentile", Served("onlineP99Ms"), 1));
            }

            double Served(string name) => served.Single(figure => figure.Name == name).Value;
        }
    }

    private static PyTorchPeer Peer(SyntheticContacts data)
    {
        var encoder = FeatureEncoder.Fit(data.Features, TrainedNetwork.Encoder);
        return new PyTorchPeer(encoder.Transform(data.Features), encoder.VocabularySizes);
    }

    private static void Guards(List<Figure> figures, List<Target> targets, int rows, int batch)
    {
        var small = SyntheticContacts.Draw(DeterminismRows, 3);
        ResponseModel Trained(int threads) => TrainedNetwork.All[^1].Train(small, 2, 1024, threads: threads).Model!;
        byte[] Bytes()
        {
            using var stream = new MemoryStream();
            Trained(1).Save(stream);
            return stream.ToArray();
        }
        double same = Bytes().AsSpan().SequenceEqual(Bytes()) ? 1 : 0;
        double sameByTwo = Trained(1).Predict(small.Features, 0).AsSpan().SequenceEqual(Trained(2).Predict(small.Features, 0)) ? 1 : 0;
        figures.Add(new Figure("same bytes of two trainings on one thread", same, "yes"));
        figures.Add(new Figure("same predictions of a training on one thread and on two", sameByTwo, "yes"));
        targets.Add(Target.AtLeast("same bytes of two trainings on one thread", same, 1));
        targets.Add(Target.AtLeast("same predictions of a training on one thread and on two", sameByTwo, 1));

        var data = SyntheticContacts.Draw(rows, 4);
        double Wall(int threads) =>
            TrainedNetwork.All[1].Train(data, 2, batch, threads: threads).Meter.RowsPerWallSecond(TrainedNetwork.TrainingRows(rows));
        double one = Wall(1), alone = Wall(2), contended;
        using (CompetingProcess.Start())
        {
            contended = Wall(2);
        }
        figures.Add(new Figure("DCNv2 on one thread", one, "rows/wall s"));
        figures.Add(new Figure("DCNv2 on two threads", alone, "rows/wall s"));
        figures.Add(new Figure("DCNv2 on two threads beside a process that wants a core", contended, "rows/wall s"));
        // Three that want two cores leave two threads two thirds of them.
        targets.Add(Target.AtLeast("rows a second beside a process that wants a core, over those without it", contended / alone, 0.5));
    }
}
