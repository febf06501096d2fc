using Noah.Prediction.Baselines;
using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>Two ridge-penalised logistic regressions for each line, of those who were sent it and of those who were not.</summary>
internal sealed class LineModels
{
    private readonly (LogisticBaseline Sent, LogisticBaseline Unsent)[] _models;

    public LineModels(LineLog log) =>
        _models = [.. Enumerable.Range(0, ProductLine.Count).Select(line => (Fit(log, line, sent: true), Fit(log, line, sent: false)))];

    public LineScores Score(FeatureTable members)
    {
        double[] sent = new double[members.Rows * ProductLine.Count], unsent = new double[sent.Length];
        var arms = new int[members.Rows];
        for (var line = 0; line < ProductLine.Count; line++)
        {
            float[] withSend = _models[line].Sent.Predict(members, arms), without = _models[line].Unsent.Predict(members, arms);
            for (var member = 0; member < members.Rows; member++)
            {
                (sent[member * ProductLine.Count + line], unsent[member * ProductLine.Count + line]) = (withSend[member], without[member]);
            }
        }

        return LineScores.Of(sent, unsent);
    }

    private static LogisticBaseline Fit(LineLog log, int line, bool sent)
    {
        int[] rows = [.. Enumerable.Range(0, log.Arms.Length).Where(row => log.Arms[row] == line + 1 == sent)];
        float[] bought = Array.ConvertAll(rows, row => log.Bought[row * ProductLine.Count + line] ? 1f : 0f);
        return LogisticBaseline.Train(log.Features.Select(rows), new int[rows.Length], bought, actionCount: 1);
    }
}
