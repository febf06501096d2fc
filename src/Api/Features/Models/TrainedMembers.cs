using System.Runtime.InteropServices;

namespace Noah.Api.Features.Models;

/// <summary>The members whose outcomes a model was trained on, kept with it: an exposure that is imported later must not count as seen.</summary>
internal static class TrainedMembers
{
    public const string Artifact = "trained-members";

    public static HashSet<Guid> Read(byte[] stored) => [.. MemoryMarshal.Cast<byte, Guid>(stored)];

    public static bool[] Flags(byte[] stored, Guid[] members)
    {
        var trained = Read(stored);
        return [.. members.Select(trained.Contains)];
    }
}
