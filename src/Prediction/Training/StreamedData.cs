using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>
/// Batches gathered from rows in managed memory: nothing but the batch at hand is on the device, where <see cref="DeviceData"/> holds the whole
/// table. The same rows give the same bits.
/// </summary>
internal sealed class StreamedData(NetworkShape shape, IEncodedSource source, TrainingSet set, Device device) : IBatchSource
{
    // Kept from batch to batch: arrays of this size would be large objects, and each few of them a collection of the whole heap.
    private float[] _numbers = [], _labels = [], _masks = [];
    private int[] _codes = [];

    public Device Device => device;

    public Batch Pick(ReadOnlySpan<int> rows)
    {
        int outcomes = set.Labels.Length, maskWidth = shape.Actions - 1;
        Resize(ref _numbers, rows.Length * source.NumericWidth);
        Resize(ref _codes, rows.Length * source.CategoricalWidth);
        Resize(ref _labels, rows.Length * outcomes);
        Resize(ref _masks, rows.Length * maskWidth);
        source.CopyNumbers(rows, _numbers);
        source.CopyCodes(rows, _codes);
        Array.Clear(_masks);
        for (int i = 0; i < rows.Length; i++)
        {
            int action = set.Actions[rows[i]];
            if (action > 0)
            {
                _masks[i * maskWidth + action - 1] = 1f;
            }
            for (int k = 0; k < outcomes; k++)
            {
                _labels[i * outcomes + k] = set.Labels[k][rows[i]];
            }
        }
        using var codes = tensor(_codes, [rows.Length, source.CategoricalWidth], device: device);
        return new Batch(
            TorchRuntime.TensorOf(_numbers, [rows.Length, source.NumericWidth], device), codes.to(ScalarType.Int64),
            TorchRuntime.TensorOf(_masks, [rows.Length, maskWidth], device), TorchRuntime.TensorOf(_labels, [rows.Length, outcomes], device));
    }

    private static void Resize<T>(ref T[] array, int length)
    {
        if (array.Length != length)
        {
            array = new T[length];
        }
    }
}
