namespace Noah.Prediction.Serving;

/// <summary>
/// Managed numbers at a fixed address that is a multiple of 64: vector code reads them by pointer, and nothing has to be freed. Valid while
/// the buffer is reachable.
/// </summary>
internal sealed unsafe class PinnedBuffer
{
    private const int Alignment = 64;

    private readonly byte[] _memory;

    /// <param name="bytes">At least 0; they start as zeros.</param>
    public PinnedBuffer(long bytes)
    {
        _memory = GC.AllocateArray<byte>(checked((int)(bytes + Alignment)), pinned: true);
        nuint start = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _memory[0]);
        Start = (byte*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    public byte* Start { get; }

    public float* Floats => (float*)Start;
}
