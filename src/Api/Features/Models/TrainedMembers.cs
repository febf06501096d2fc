using System.Runtime.InteropServices;

namespace Noah.Api.Features.Models;

/// <summary>The members whose outcomes a model was trained on, kept with it: an exposure that is imported later must not count as seen.</summary>
internal static class TrainedMembers
{
    public const string Artifact = "trained-members";

    public static bool[] Flags(byte[] stored, Guid[] members)
    {
        var trained = new HashSet<Guid>(MemoryMarshal.Cast<byte, Guid>(stored).ToArray());
        return [.. members.Select(trained.Contains)];
    }
}
