using Noah.Bench.Instances;
using Noah.Prediction.Baselines;
using Noah.Prediction.Response;

namespace Noah.Bench.Studies;

/// <summary>The network with its defaults against logistic regression and a plain MLP on real logs, over random splits of four fifths to one.</summary>
internal static class ResponseOnLogs
{
    public static StudyResult Run(ResponseLog log, int splits, bool attention)
    {
        double[] network = new double[splits], mlp = new double[splits], logistic = new double[splits];
        for (var split = 0; split < splits; split++)
        {
            int[] order = [.. Enumerable.Range(0, log.Labels.Length)];
            new Random(split + 1).Shuffle(order);
            var cut = order.Length * 4 / 5;
            ResponseLog training = log.Select(order[..cut]), heldOut = log.Select(order[cut..]);
            var options = new ResponseOptions { Seed = (ulong)split + 1, Actions = log.ActionNames, CrossAttention = attention };
            network[split] = Auc(training, heldOut, options);
            mlp[split] = Auc(training, heldOut, options with { CrossLayers = 0, CrossAttention = false });
            logistic[split] = LogisticBaseline.Train(training.Features, training.Actions, training.Labels, log.ActionNames.Length)
                .Evaluate(heldOut.Features, heldOut.Actions, heldOut.Labels).Auc!.Value;
        }
        var overMlp = MeanInterval.Of([.. network.Zip(mlp, (a, b) => a - b)]);
        var overLogistic = MeanInterval.Of([.. network.Zip(logistic, (a, b) => a - b)]);
        return new StudyResult(
            [
                new Figure($"{log.Name}: AUC", network.Average(), "share"),
                new Figure($"{log.Name}: AUC of the MLP", mlp.Average(), "share"),
                new Figure($"{log.Name}: AUC of logistic regression", logistic.Average(), "share"),
                .. overMlp.Figures($"{log.Name}: AUC over the MLP's", "AUC"),
                .. overLogistic.Figures($"{log.Name}: AUC over logistic regression's", "AUC"),
            ],
            [
                Target.AtLeast($"{log.Name}: AUC over the MLP's, upper end", overMlp.Upper, 0),
                Target.AtLeast($"{log.Name}: AUC over logistic regression's, upper end", overLogistic.Upper, 0),
            ]);
    }

    private static double Auc(ResponseLog training, ResponseLog heldOut, ResponseOptions options) =>
        ResponseModel.Train(training.Features, training.Actions, training.Labels, options)
            .Evaluate(heldOut.Features, heldOut.Actions, heldOut.Labels).Auc!.Value;
}
