using System.Runtime.InteropServices;
using TorchSharp;

namespace Noah.Prediction.Training;

/// <summary>Settings of libtorch that must be made by the process, not by a tensor.</summary>
internal static partial class TorchRuntime
{
    // Temporaries die together at the end of a dispose scope and leave glibc's heap fragmented: without a trim the resident set grew from
    // 0.8 to 3-5 GB in one epoch, with one every 20 steps it stayed; the trims cost 6 % of the time at most.
    private const int StepsPerTrim = 20;

    // glibc maps large blocks one by one and returns them when freed: each step then faults all its pages in again.
    private const int MmapThreshold = -3, TrimThreshold = -1, LargestKept = 32 << 20, KeptBytes = 256 << 20;

    static TorchRuntime()
    {
        // libgomp reads it once, when libtorch loads. Spinning threads fall to 1/15 of their speed when another process wants a core.
        // .NET's own environment is a copy that native code does not see.
        _ = SetEnv("OMP_WAIT_POLICY", "PASSIVE", 0);
    }

    /// <summary>Must come before the first use of a tensor. The thread count holds for the whole process.</summary>
    public static torch.Device Start(TrainingOptions options) => Start(options.Device, options.Threads);

    /// <summary>The same, where there are no options.</summary>
    public static torch.Device Start(ComputeDevice device, int threads)
    {
        _ = SetAllocator(MmapThreshold, LargestKept);
        _ = SetAllocator(TrimThreshold, KeptBytes);
        if (torch.get_num_threads() != threads)
        {
            torch.set_num_threads(threads);
        }
        return DeviceOf(device);
    }

    /// <summary>Where tensors will live; it changes no setting.</summary>
    public static torch.Device DeviceOf(ComputeDevice device) =>
        device == ComputeDevice.Auto && torch.cuda.is_available() ? torch.CUDA : torch.CPU;

    /// <summary>What this thread asks of libtorch is done by this thread alone.</summary>
    public static void UseOneThread()
    {
        if (torch.get_num_threads() != 1)
        {
            torch.set_num_threads(1);
        }
    }

    public static string NameOf(TrainingOptions options) => DeviceOf(options.Device).type == DeviceType.CUDA ? "cuda" : "cpu";

    public static void AfterStep(long step)
    {
        if (step % StepsPerTrim == 0)
        {
            _ = TrimHeap(0);
        }
    }

    /// <summary>
    /// A tensor in libtorch's own memory, which starts at a multiple of 64 bytes. One made over a managed array starts wherever the garbage
    /// collector put that, and matrix products sum in an order that depends on it: the same seed then gave other last bits.
    /// </summary>
    public static torch.Tensor TensorOf(float[] values, ReadOnlySpan<long> shape, torch.Device device)
    {
        using var shared = torch.tensor(values, shape, device: device);
        return shared.clone();
    }

    public static float[] ToArray(torch.Tensor tensor)
    {
        using torch.Tensor local = tensor.cpu(), contiguous = local.contiguous();
        return Floats(contiguous).ToArray();
    }

    /// <summary>The memory of a contiguous float tensor on the processor; it lives as long as the tensor.</summary>
    public static Span<float> Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TrimHeap(nuint keep);
}
