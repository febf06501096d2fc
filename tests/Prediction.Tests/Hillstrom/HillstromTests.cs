using Noah.Prediction.Baselines;
using Noah.Prediction.Calibration;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Hillstrom;

/// <summary>Trained on a random half of the real campaign (32,000 customers), judged on the other.</summary>
public sealed class HillstromTests(ITestOutputHelper output)
{
    // The arms' differences over all 64,000 customers, of the data's own page: visit 7.66 and 4.52 points, conversion 0.681 and 0.311
    // points, spend 0.770 and 0.424 dollars. The bounds below allow about three standard errors of a half.
    [Fact]
    public void Response_OnTheOtherHalf_BeatsBaseRateAndBaselineAndIsCalibrated()
    {
        var (train, test) = HillstromData.Halves();
        var model = ResponseModel.Train(
            train.Features, train.Actions, [train.Visit, train.Conversion],
            new ResponseOptions { Actions = HillstromData.ActionNames, Outcomes = ["visit", "conversion"] });
        var visit = model.Evaluate(test.Features, test.Actions, test.Visit, 0);
        var conversion = model.Evaluate(test.Features, test.Actions, test.Conversion, 1);
        var baseline = LogisticBaseline.Train(train.Features, train.Actions, train.Visit, 3).Evaluate(test.Features, test.Actions, test.Visit);
        output.WriteLine($"visit {visit}\nbaseline {baseline}\nconversion {conversion}");

        Assert.InRange(visit.Auc!.Value, 0.64, 0.68);
        Assert.True(visit.LogLoss < visit.BaseRateLogLoss - 0.015);
        Assert.True(visit.LogLoss < baseline.LogLoss);
        Assert.True(visit.ExpectedCalibrationError < 0.02);
        Assert.True(conversion.Auc > 0.6);
        Assert.True(conversion.LogLoss < conversion.BaseRateLogLoss);
        Assert.True(conversion.ExpectedCalibrationError < 0.004);

        double Lift(int action, int outcome) =>
            model.Predict(test.Features, action, outcome).Average() - model.Predict(test.Features, 0, outcome).Average();
        Assert.InRange(Lift(1, 0), 0.0766 - 0.02, 0.0766 + 0.02);
        Assert.InRange(Lift(2, 0), 0.0452 - 0.02, 0.0452 + 0.02);
        Assert.InRange(Lift(1, 1), 0.00681 - 0.004, 0.00681 + 0.004);
        Assert.InRange(Lift(2, 1), 0.00311 - 0.004, 0.00311 + 0.004);
    }

    [Fact]
    public void Spend_OnTheOtherHalf_OrdersCustomersAndMatchesTheLevel()
    {
        var (train, test) = HillstromData.Halves();
        var model = ValueModel.Train(
            train.Features, train.Actions, train.Spend, new ValueOptions { Actions = HillstromData.ActionNames });
        var metrics = model.Evaluate(test.Features, test.Actions, test.Spend);
        output.WriteLine($"spend {metrics}\n{string.Join('\n', metrics.Deciles)}");

        // 281 buyers among 32,000: the level of the test half itself is known to 9 %, as is that of the training half.
        Assert.True(metrics.NormalizedGini > 0.1);
        Assert.True(metrics.Spearman > 0.02);
        Assert.InRange(metrics.MeanPredicted / metrics.MeanActual, 0.7, 1.4);
        Assert.True(metrics.Positive.Auc > 0.58);
        Assert.True(metrics.Positive.LogLoss < metrics.Positive.BaseRateLogLoss);
        Assert.True(metrics.Positive.ExpectedCalibrationError < 0.004);
        Assert.Equal(CalibrationKind.Isotonic, model.MeanCalibration);

        double none = model.Predict(test.Features, 0).Average(p => p.Mean);
        Assert.InRange(model.Predict(test.Features, 1).Average(p => p.Mean) - none, 0.770 - 0.6, 0.770 + 0.6);
        Assert.InRange(model.Predict(test.Features, 2).Average(p => p.Mean) - none, 0.424 - 0.6, 0.424 + 0.6);
    }
}
