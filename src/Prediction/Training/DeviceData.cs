using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>The whole table on the device; lives in the dispose scope in which it is made.</summary>
internal sealed class DeviceData : IBatchSource
{
    public DeviceData(NetworkShape shape, EncodedBatch encoded, TrainingSet set, Device device)
    {
        long rows = encoded.Rows;
        Numeric = TorchRuntime.TensorOf(encoded.Numeric, [rows, encoded.NumericWidth], device);
        Codes = tensor(encoded.Codes, [rows, encoded.CategoricalWidth], device: device).to(ScalarType.Int64);
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

    public Tensor Numeric { get; }

    public Tensor Codes { get; }

    public Tensor ActionMask { get; }

    public Tensor Labels { get; }

    public Batch Pick(ReadOnlySpan<int> rows)
    {
        using var picked = tensor(rows.ToArray(), device: Labels.device).to(ScalarType.Int64); // (batch)
        return new Batch(
            Numeric.index_select(0, picked), Codes.index_select(0, picked), ActionMask.index_select(0, picked), Labels.index_select(0, picked));
    }
}
