using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Noah.Prediction.Features;

namespace Noah.Bench.Peers;

/// <summary>
/// Debian's PyTorch (package python3-torch) on the same networks and the same encoded rows, written out once into a folder that is removed at
/// the end: bench/Peers/pytorch_training.py, one thread, by processor time of its training steps.
/// </summary>
internal sealed class PyTorchPeer : IDisposable
{
    private const string Python = "/usr/bin/python3", Script = "pytorch_training.py";

    // Each batch size has this long; ten steps before it warm up.
    private const double Seconds = 2.5, LimitSeconds = 120;

    private static readonly int[] Batches = [1024, 4096, 16384];

    private readonly string _folder = Directory.CreateTempSubdirectory("noah-training-").FullName;
    private readonly Dictionary<string, double> _best = [];

    /// <param name="encoded">Features.</param>
    /// <param name="sizes">Codes of each table.</param>
    public PyTorchPeer(EncodedBatch encoded, IReadOnlyList<int> sizes)
    {
        Write("numeric.f32", MemoryMarshal.AsBytes(encoded.Numeric.AsSpan()));
        Write("codes.i32", MemoryMarshal.AsBytes(encoded.Codes.AsSpan()));
        File.WriteAllText(Path.Combine(_folder, "shape.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["rows"] = encoded.Rows,
            ["numbers"] = encoded.NumericWidth,
            ["sizes"] = sizes,
            ["numeric.f32"] = encoded.NumericWidth,
            ["codes.i32"] = encoded.CategoricalWidth,
            ["labels.f32"] = 1,
        }));
    }

    /// <summary>Its version; null before it was measured.</summary>
    public string? Version { get; private set; }

    /// <summary>Trains for some seconds at each batch size, and keeps the best rate of a network over all calls.</summary>
    /// <param name="network">ziln, dcn or residual.</param>
    /// <param name="labels">[rows].</param>
    /// <returns>Rows trained per processor second; null where PyTorch or a fast BLAS for it is not installed.</returns>
    public double? RowsPerSecond(string network, float[] labels)
    {
        Write("labels.f32", MemoryMarshal.AsBytes(labels.AsSpan()));
        string[] words =
        [
            Path.Combine(AppContext.BaseDirectory, Script), _folder, network, Seconds.ToString(CultureInfo.InvariantCulture),
            .. Batches.Select(batch => batch.ToString(CultureInfo.InvariantCulture)),
        ];
        if (!File.Exists(Python))
        {
            return null;
        }
        var start = new ProcessStartInfo(Python, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(LimitSeconds)))
        {
            process.Kill();
        }
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            return errors.GetAwaiter().GetResult().Contains("No module named 'torch'", StringComparison.Ordinal)
                ? null
                : throw new InvalidOperationException($"{Script} failed: {errors.GetAwaiter().GetResult()}");
        }
        // Debian's PyTorch multiplies by whatever libblas.so.3 is; the reference one is fifty times as slow, and no peer.
        var report = JsonDocument.Parse(output.GetAwaiter().GetResult()).RootElement;
        if (!report.GetProperty("blas").GetBoolean())
        {
            return null;
        }
        Version = report.GetProperty("version").GetString();
        var rate = report.GetProperty("rates").EnumerateObject().Max(batch => batch.Value.GetDouble());
        return _best[network] = Math.Max(rate, _best.GetValueOrDefault(network));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(_folder, name), bytes);
}
