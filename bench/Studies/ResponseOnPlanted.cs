using Noah.Bench.Instances;
using Noah.Prediction.Artifacts;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Bench.Studies;

/// <summary>The forms of the network side by side on the same planted interactions, seed by seed.</summary>
internal static class ResponseOnPlanted
{
    // 1,020 rows in all for 20,000 ids: a twentieth.
    private const int HashRows = 1020;

    private const double Oracle = 0.906;

    // The best for six crosses among 0.003, 0.01, 0.03 and 0.1 on a seed that is not judged.
    private const double WarmUpRate = 0.01;

    private const string Residual = "Residual DCN", Mlp = "MLP", Dcn = "low-rank DCN", Gated = "Residual DCN, gated";
    private const string Hashed = "plain hashing", FullTable = "full table";

    /// <summary>The network as it is studied here; the other forms differ from it in what their name says.</summary>
    public static ResponseOptions Network(ulong seed) => new()
    {
        Seed = seed,
        Folds = 10,
        Networks = 1,
        MaxEpochs = 8,
        Patience = 2,
        BatchSize = 512,
        LearningRate = 0.003,
        EmbeddingWidth = 16,
        Hidden = [100, 100, 100],
        CrossRank = 16,
        CrossAttention = true,
        Encoder = new FeatureEncoderOptions
        {
            MinNameCount = 1,
            MaxNames = PlantedInteractions.Ids,
            Vocabulary = VocabularyKind.QuotientRemainder,
            HashRows = HashRows,
        },
    };

    public static StudyResult Run(int rows, int seeds)
    {
        var forms = new Dictionary<string, Func<ResponseOptions, ResponseOptions>>
        {
            [Residual] = o => o,
            [Mlp] = o => o with { CrossLayers = 0, CrossAttention = false },
            [Dcn] = o => o with { CrossAttention = false },
            [Gated] = o => o with { DenseGating = true },
            [Hashed] = o => o with { Encoder = o.Encoder with { Vocabulary = VocabularyKind.Hashed } },
            // At its better one of the two optimisers: Adam overfits the names of few rows within two epochs.
            [FullTable] = o => o with
            {
                Encoder = o.Encoder with { Vocabulary = VocabularyKind.Full },
                EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
            },
            ["vocabulary of names seen 20 times"] = o => o with
            {
                Encoder = o.Encoder with { Vocabulary = VocabularyKind.Full, MinNameCount = 20 },
            },
        };
        var aucs = forms.Keys.ToDictionary(name => name, _ => new List<double>());
        List<double> oracles = [], roundings = [];
        for (var seed = 1; seed <= seeds; seed++)
        {
            var (training, heldOut) = Halves(rows, seed);
            oracles.Add(BinaryMetrics.Compute(heldOut.TrueProbabilities, heldOut.Labels).Auc!.Value);
            foreach (var (name, form) in forms)
            {
                var model = Train(training, form(Network((ulong)seed)));
                aucs[name].Add(Auc(model, heldOut));
                if (name == Residual)
                {
                    roundings.Add(Math.Abs(Auc(AsInt8Rows(model), heldOut) - aucs[name][^1]));
                }
            }
        }
        double Least(string better, string than) => aucs[better].Zip(aucs[than], (a, b) => a - b).Min();
        double Mean(string better, string than) => aucs[better].Average() - aucs[than].Average();
        return new StudyResult(
            [
                new Figure("auc", aucs[Residual].Average(), "share"),
                new Figure("baselineAuc", aucs[Mlp].Average(), "share"),
                new Figure("AUC of the known truth", oracles.Average(), "share"),
                .. aucs.Select(form => new Figure($"AUC of {form.Key}", form.Value.Average(), "share")),
                new Figure("Residual DCN over MLP, worst seed", Least(Residual, Mlp), "AUC"),
                new Figure("Residual DCN over low-rank DCN, mean", Mean(Residual, Dcn), "AUC"),
                new Figure("Residual DCN over low-rank DCN, worst seed", Least(Residual, Dcn), "AUC"),
                new Figure("quotient-remainder over full table, worst seed", Least(Residual, FullTable), "AUC"),
                new Figure("quotient-remainder over plain hashing, mean", Mean(Residual, Hashed), "AUC"),
                new Figure("gating, mean gain", Mean(Gated, Residual), "AUC"),
                new Figure("8-bit rows, largest change", roundings.Max(), "AUC"),
            ],
            [
                Target.AtLeast("Residual DCN over MLP, worst seed", Least(Residual, Mlp), 0.002),
                Target.AtLeast("Residual DCN over low-rank DCN, mean", Mean(Residual, Dcn), -0.0003),
                Target.AtLeast("quotient-remainder over full table, mean", Mean(Residual, FullTable), -0.001),
                Target.AtMost("8-bit rows, largest change of AUC", roundings.Max(), 0.0005),
                Target.AtMost("distance of the truth's AUC from 0.906", Math.Abs(oracles.Average() - Oracle), 0.01),
            ]);
    }

    /// <summary>
    /// Is a long warm-up what lets a deep cross take three times the rate? Six cross layers without a bound on the gradient, where it is, and
    /// the network as it comes, with two layers and the bound, beside them.
    /// </summary>
    public static StudyResult WarmUp(int rows, int seeds)
    {
        ResponseOptions AsItComes(int seed) => Network((ulong)seed) with
        {
            LearningRate = 3 * WarmUpRate,
            CrossAttention = false,
            // To the last epoch: early stopping would end a long warm-up before it has come to its rate.
            Patience = 8,
            Stability = null,
        };
        // Damage is done in the first steps: a third of the rows shows it.
        var (deep, plain) = (Gains(AsDeep), Gains(AsItComes));
        return new StudyResult(
            [
                new Figure("AUC of 6 crosses at 3 times the rate, 5 % warm-up", deep.Short, "share"),
                new Figure("AUC of 6 crosses at 3 times the rate, 50 % warm-up", deep.Long, "share"),
                .. deep.Gain.Figures("gain of the long warm-up, 6 crosses", "AUC"),
                new Figure("AUC of 2 crosses at 3 times the rate, 5 % warm-up", plain.Short, "share"),
                new Figure("AUC of 2 crosses at 3 times the rate, 50 % warm-up", plain.Long, "share"),
                .. plain.Gain.Figures("gain of the long warm-up, 2 crosses and bounded gradients", "AUC"),
            ],
            [Target.AtLeast("gain of 50 % over 5 % warm-up at 3 times the rate, lower end", deep.Gain.Lower, 0)]);

        ResponseOptions AsDeep(int seed) => AsItComes(seed) with { CrossLayers = 6, CrossRank = 32, MaxGradientNorm = null };

        (double Short, double Long, MeanInterval Gain) Gains(Func<int, ResponseOptions> form)
        {
            double[] shortest = new double[seeds], longest = new double[seeds];
            for (var seed = 1; seed <= seeds; seed++)
            {
                var (training, heldOut) = Halves(rows / 3, seed);
                shortest[seed - 1] = Auc(Train(training, form(seed) with { WarmupShare = 0.05 }), heldOut);
                longest[seed - 1] = Auc(Train(training, form(seed) with { WarmupShare = 0.5 }), heldOut);
            }
            return (shortest.Average(), longest.Average(), MeanInterval.Of([.. longest.Zip(shortest, (a, b) => a - b)]));
        }
    }

    private static (PlantedInteractions Training, PlantedInteractions HeldOut) Halves(int rows, int seed)
    {
        var all = PlantedInteractions.Draw(rows, (ulong)seed);
        var cut = rows * 4 / 5;
        return (all.Select([.. Enumerable.Range(0, cut)]), all.Select([.. Enumerable.Range(cut, rows - cut)]));
    }

    private static ResponseModel Train(PlantedInteractions training, ResponseOptions options) =>
        ResponseModel.Train(training.Features, new int[training.Labels.Length], training.Labels, options);

    private static double Auc(ResponseModel model, PlantedInteractions heldOut) =>
        model.Evaluate(heldOut.Features, new int[heldOut.Labels.Length], heldOut.Labels).Auc!.Value;

    private static ResponseModel AsInt8Rows(ResponseModel model)
    {
        using var file = new MemoryStream();
        model.Save(file, WeightPrecision.Int8Rows);
        file.Position = 0;
        return ResponseModel.Load(file);
    }
}
