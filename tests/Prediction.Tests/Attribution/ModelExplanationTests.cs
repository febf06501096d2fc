using Noah.Prediction.Attribution;
using Noah.Prediction.Response;
using Noah.Prediction.Serving;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Attribution;

public sealed class ModelExplanationTests
{
    private static readonly SyntheticCampaign Data = SyntheticCampaign.Create(6_000, 71);

    private static readonly ResponseOptions Options = new() { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 8, Outcomes = ["visit", "not"] };

    private static readonly ResponseModel Model = ResponseModel.Train(
        Data.Features, Data.Actions, [Data.Response, [.. Data.Response.Select(y => 1 - y)]], Options);

    [Fact]
    public void Explain_OfAnyRow_AddsUpToItsScore()
    {
        foreach (int outcome in (int[])[0, 1])
        {
            var rows = Data.Features.Select([.. Enumerable.Range(0, 40)]);
            foreach (var explanation in Model.Explain(rows, 1, outcome, top: 2))
            {
                double sum = explanation.Baseline + explanation.Contributions.Sum(c => c.Contribution) + explanation.Remainder;
                Assert.Equal(2, explanation.Contributions.Count);
                Assert.Equal(explanation.Score, sum, 1e-4);
            }
        }
    }

    [Fact]
    public void Explain_Score_RisesWithThePrediction()
    {
        var rows = Data.Features.Select([.. Enumerable.Range(0, 100)]);
        double[] scores = [.. Model.Explain(rows, 1).Select(e => e.Score)];
        float[] predicted = Model.Predict(rows, 1);
        int[] byScore = [.. Enumerable.Range(0, 100).OrderBy(i => scores[i])];
        Assert.True(byScore.Zip(byScore.Skip(1)).All(pair => predicted[pair.First] <= predicted[pair.Second] + 1e-6f));
    }

    [Fact]
    public void Explain_UnderEachAction_NamesItsPlantedDriver()
    {
        // Response under "none" rises with `engaged`; what "mail" adds rises with `fit`.
        var rows = Data.Features.Select([.. Enumerable.Range(0, 300)]);
        var options = new ExplanationOptions { Reference = Data.Features };
        double[] Strength(int action) => [.. ((string[])["engaged", "fit", "region"]).Select(name => Model.Explain(rows, action, options: options)
            .Average(e => Math.Abs(e.Contributions.Single(c => c.Feature == name).Contribution)))];
        double[] none = Strength(0), mail = Strength(1);
        Assert.Equal(none.Max(), none[0]);
        Assert.True(mail[1] > 2 * none[1], $"fit: {mail[1]:F3} under mail, {none[1]:F3} under none.");
        var high = Model.Explain(rows, 0, options: options).SelectMany(e => e.Contributions).Where(c => c.Feature == "engaged").ToArray();
        // Above the median it adds, below it takes away.
        Assert.True(high.Count(c => float.Parse(c.Value!, System.Globalization.CultureInfo.InvariantCulture) > 0 == c.Contribution > 0) > 270);
    }

    [Fact]
    public void Explain_OfAmounts_AddsUpToTheLogarithmOfTheMean()
    {
        var model = ValueModel.Train(
            Data.Features, Data.Actions, Data.Amount, new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 8 });
        var rows = Data.Features.Select([.. Enumerable.Range(0, 40)]);
        var explanations = model.Explain(rows, 1);
        double[] logs = [.. model.Predict(rows, 1).Select(p => Math.Log(p.Mean))];
        Assert.All(explanations, e => Assert.Equal(e.Score, e.Baseline + e.Contributions.Sum(c => c.Contribution) + e.Remainder, 1e-4));
        // Calibration moves means, and by little.
        Assert.InRange(explanations.Zip(logs, (e, log) => Math.Abs(e.Score - log)).Average(), 0, 0.7);
        Assert.Equal("engaged", explanations.SelectMany(e => e.Contributions).GroupBy(c => c.Feature)
            .MaxBy(group => group.Sum(c => Math.Abs(c.Contribution)))!.Key);
    }

    [Fact]
    public void Explain_OfAWrongCall_IsRefused()
    {
        var rows = Data.Features.Select([0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.Explain(rows, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.Explain(rows, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.Explain(rows, 0, top: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.Explain(rows, 0, options: new() { Permutations = 3 }));
        Assert.Throws<ArgumentException>(() => Model.Explain(rows, 0, options: new() { Reference = Data.Features.Select([]) }));
        Assert.Empty(Model.Explain(Data.Features.Select([]), 0));
        var nothing = ValueModel.Train(Data.Features, Data.Actions, new float[6_000], new ValueOptions { Actions = SyntheticCampaign.ActionNames });
        Assert.Throws<InvalidOperationException>(() => nothing.Explain(rows, 0));
    }

    [Fact]
    public void ServedWith_ReducedOrTorch_PredictsNearlyTheSame_AndEncodedRowsExactlyTheSame()
    {
        var rows = Data.Features.Select([.. Enumerable.Range(0, 200)]);
        float[] full = Model.Predict(rows, 1);
        Assert.Equal(full, Model.Predict(Model.Encoder.Transform(rows), 1));
        Assert.Equal(Model.PredictAll(rows)[1][1], Model.PredictAll(Model.Encoder.Transform(rows))[1][1]);
        float[] torch = Model.ServedWith(new ScoringOptions { Backend = ScoringBackend.Torch }).Predict(rows, 1);
        float[] reduced = Model.ServedWith(new ScoringOptions { Precision = ScoringPrecision.Reduced }).Predict(rows, 1);
        Assert.All(full.Zip(torch), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(full.Zip(reduced), pair => Assert.Equal(pair.First, pair.Second, 0.03f));
        Assert.NotEqual(full, reduced);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.ServedWith(new ScoringOptions { Threads = 0 }));
    }
}
