using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>The whole table on the device; lives in the dispose scope in which it is made.</summary>
internal sealed class DeviceData : IBatchSource
{
    private readonly Tensor? _numeric, _codes;

    /// <param name="shape">Of the network.</param>
    /// <param name="encoded">Features.</param>
    /// <param name="set">Actions and labels.</param>
    /// <param name="device">Where to.</param>
    /// <param name="isRowWise">Whether features are looked up beside the device, so that they need not be there.</param>
    public DeviceData(NetworkShape shape, EncodedBatch encoded, TrainingSet set, Device device, bool isRowWise)
    {
        long rows = encoded.Rows;
        _numeric = isRowWise ? null : TorchRuntime.TensorOf(encoded.Numeric, [rows, encoded.NumericWidth], device);
        _codes = isRowWise && shape.CurveColumns is null
            ? null
            : tensor(encoded.Codes, [rows, encoded.CategoricalWidth], device: device).to(ScalarType.Int64);
        ActionMask = TorchRuntime.TensorOf(NetworkScorer.MaskOf(set.Actions, shape.Actions), [rows, shape.Actions - 1], device);
        var labels = new float[rows * set.Labels.Length];
        for (int k = 0; k < set.Labels.Length; k++)
        {
            for (int row = 0; row < rows; row++)
            {
                labels[row * set.Labels.Length + k] = set.Labels[k][row];
            }
        }
        Labels = TorchRuntime.TensorOf(labels, [rows, set.Labels.Length], device);
    }

    public Device Device => Labels.device;

    public Tensor ActionMask { get; }

    public Tensor Labels { get; }

    public Batch Pick(ReadOnlySpan<int> rows)
    {
        using var picked = Places(rows);
        return new Batch(
            _numeric!.index_select(0, picked), _codes!.index_select(0, picked), ActionMask.index_select(0, picked), Labels.index_select(0, picked));
    }

    public Targets PickTargets(ReadOnlySpan<int> rows)
    {
        using var picked = Places(rows);
        return new Targets(ActionMask.index_select(0, picked), Labels.index_select(0, picked), _codes?.index_select(0, picked));
    }

    private Tensor Places(ReadOnlySpan<int> rows)
    {
        using var places = tensor(rows.ToArray(), device: Labels.device);
        return places.to(ScalarType.Int64); // (batch)
    }
}
