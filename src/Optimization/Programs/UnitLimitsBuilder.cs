namespace Noah.Optimization.Programs;

/// <summary>Packs caps: one number when all units share it, two bytes a unit otherwise.</summary>
internal static class UnitLimitsBuilder
{
    public static UnitLimits Build(ReadOnlySpan<int> caps, int units, byte[] channelOfAction, int[] channelCaps, int channels)
    {
        for (var unit = 0; unit < caps.Length; unit++)
        {
            if (caps[unit] < 0)
            {
                throw new ArgumentException($"Unit {unit}: frequency cap {caps[unit]} must be at least 0.", nameof(caps));
            }
        }

        var packedChannelCaps = new byte[channelCaps.Length];
        for (var i = 0; i < channelCaps.Length; i++)
        {
            if (channelCaps[i] is < 0 or > byte.MaxValue)
            {
                throw new ArgumentException(
                    $"{(channelCaps.Length == channels ? "" : $"Unit {i / channels}, ")}channel {i % channels}: cap {channelCaps[i]} must lie in [0, 255].", nameof(channelCaps));
            }

            packedChannelCaps[i] = (byte)channelCaps[i];
        }

        // A cap above the number of a unit's edges limits nothing, so clamping to 16 bits loses nothing.
        var shared = caps.IsEmpty ? 1 : caps[0];
        var uniform = caps.IsEmpty || !caps.ContainsAnyExcept(shared);
        var packed = uniform ? null : new ushort[units];
        for (var unit = 0; packed is not null && unit < units; unit++)
        {
            packed[unit] = (ushort)Math.Min(caps[unit], ushort.MaxValue);
        }

        return new UnitLimits(
            (ushort)Math.Min(shared, ushort.MaxValue), packed, channelOfAction, packedChannelCaps, channels, channels > 0 && channelCaps.Length != channels);
    }
}
