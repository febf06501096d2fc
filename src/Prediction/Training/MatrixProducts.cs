using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace Noah.Prediction.Training;

/// <summary>
/// The precision of libtorch's matrix products on the processor. TorchSharp does not pass the call on, so two C++ symbols of libtorch are
/// called by their names; where one is missing, or the processor lacks the instructions, products stay full.
/// </summary>
internal static unsafe class MatrixProducts
{
    private const string Library = "torch_cpu";
    private const string ContextSymbol = "_ZN2at13globalContextEv";
    private const string SetSymbol = "_ZN2at7Context25setFloat32MatmulPrecisionERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE";

    private static readonly Lazy<(nint Context, nint Set)?> Symbols = new(Find);

    /// <summary>What these options get here.</summary>
    public static MatrixPrecision Used(TrainingOptions options) =>
        options.MatrixPrecision == MatrixPrecision.Medium && TorchRuntime.DeviceOf(options.Device).type == DeviceType.CPU && Symbols.Value is not null
            ? MatrixPrecision.Medium
            : MatrixPrecision.Full;

    /// <summary>Sets the precision until the result is disposed of; null for full.</summary>
    public static IDisposable? Use(TrainingOptions options) =>
        Used(options) == MatrixPrecision.Medium && Symbols.Value is { } symbols ? new Medium(symbols.Context, symbols.Set) : null;

    private static (nint Context, nint Set)? Find()
    {
        // oneDNN wants AVX-512 with bfloat16; .NET does not tell of that one by itself, and every processor with it has VBMI.
        if (!Avx512Vbmi.IsSupported || !HasBfloat16())
        {
            return null;
        }
        torch.TryInitializeDeviceType(DeviceType.CPU);
        return NativeLibrary.TryLoad(Library, typeof(torch).Assembly, null, out nint library)
            && NativeLibrary.TryGetExport(library, ContextSymbol, out nint context) && NativeLibrary.TryGetExport(library, SetSymbol, out nint set)
            ? (((delegate* unmanaged<nint>)context)(), set)
            : null;
    }

    // CPUID leaf 7, subleaf 1, EAX bit 5: AVX512_BF16.
    private static bool HasBfloat16() => X86Base.CpuId(0, 0).Eax >= 7 && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    private static void Set(nint context, nint set, ReadOnlySpan<byte> name)
    {
        // A std::string of libstdc++ with its characters inside: their address, their number, 16 bytes of them.
        byte* text = stackalloc byte[32];
        new Span<byte>(text, 32).Clear();
        *(byte**)text = text + 16;
        *(long*)(text + 8) = name.Length;
        name.CopyTo(new Span<byte>(text + 16, 15));
        ((delegate* unmanaged<nint, byte*, void>)set)(context, text);
    }

    private sealed class Medium : IDisposable
    {
        private readonly nint _context, _set;

        public Medium(nint context, nint set)
        {
            (_context, _set) = (context, set);
            Set(context, set, "medium"u8);
        }

        public void Dispose() => Set(_context, _set, "highest"u8);
    }
}
