using System.Diagnostics;
using Noah.Prediction.Baselines;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Hillstrom;

/// <summary>Trained on a random half of the real campaign, judged on the other.</summary>
public sealed class HillstromTests(ITestOutputHelper output)
{
    [Fact]
    public void Response_OnTheOtherHalf_BeatsTheBaseRateAndIsCalibrated()
    {
        var (train, test) = HillstromData.Halves();
        var watch = Stopwatch.StartNew();
        var model = ResponseModel.Train(
            train.Features, train.Actions, [train.Visit, train.Conversion],
            new ResponseOptions { Actions = HillstromData.ActionNames, Outcomes = ["visit", "conversion"] },
            cancellation: TestContext.Current.CancellationToken);
        output.WriteLine($"trained in {watch.Elapsed.TotalSeconds:F1} s, {string.Join(" ", model.Training.Folds.Select(f => f.BestEpoch))} of {model.Training.Curve.Count}");
        var visit = model.Evaluate(test.Features, test.Actions, test.Visit, 0);
        var conversion = model.Evaluate(test.Features, test.Actions, test.Conversion, 1);
        var baseline = LogisticBaseline.Train(train.Features, train.Actions, train.Visit, 3).Evaluate(test.Features, test.Actions, test.Visit);
        var baselineConversion = LogisticBaseline.Train(train.Features, train.Actions, train.Conversion, 3).Evaluate(test.Features, test.Actions, test.Conversion);
        Print("visit", visit);
        Print("visit baseline", baseline);
        Print("conversion", conversion);
        Print("conversion baseline", baselineConversion);
        foreach (var o in model.Outcomes)
        {
            output.WriteLine(o.ToString());
        }
        foreach (var point in model.Training.Curve)
        {
            output.WriteLine(point.ToString());
        }
        for (int action = 0; action < 3; action++)
        {
            output.WriteLine($"{HillstromData.ActionNames[action]}: visit {model.Predict(test.Features, action).Average():F4}, conversion {model.Predict(test.Features, action, 1).Average():F5}");
        }
    }

    [Fact]
    public void Spend_OnTheOtherHalf_OrdersCustomers()
    {
        var (train, test) = HillstromData.Halves();
        var watch = Stopwatch.StartNew();
        var model = ValueModel.Train(
            train.Features, train.Actions, train.Spend, new ValueOptions { Actions = HillstromData.ActionNames },
            cancellation: TestContext.Current.CancellationToken);
        output.WriteLine($"trained in {watch.Elapsed.TotalSeconds:F1} s, {string.Join(" ", model.Training.Folds.Select(f => f.BestEpoch))} of {model.Training.Curve.Count} {model.PositiveCalibration} {model.MeanCalibration}");
        var metrics = model.Evaluate(test.Features, test.Actions, test.Spend);
        output.WriteLine($"gini {metrics.NormalizedGini:F3} spearman {metrics.Spearman:F4} mape {metrics.DecileMape:F3} mean {metrics.MeanPredicted:F3} vs {metrics.MeanActual:F3}");
        Print("positive", metrics.Positive);
        foreach (var d in metrics.Deciles)
        {
            output.WriteLine(d.ToString());
        }
        for (int action = 0; action < 3; action++)
        {
            output.WriteLine($"{HillstromData.ActionNames[action]}: {model.Predict(test.Features, action).Average(p => p.Mean):F4}");
        }
    }

    private void Print(string name, BinaryMetrics m) => output.WriteLine(
        $"{name}: AUC {m.Auc:F4} logloss {m.LogLoss:F5} base {m.BaseRateLogLoss:F5} ECE {m.ExpectedCalibrationError:F5} mean {m.MeanPredicted:F5} rate {m.BaseRate:F5}");
}
