namespace Noah.Optimization.Programs;

/// <summary>How many actions a unit may receive, altogether and in each channel.</summary>
/// <remarks>Channels divide the actions, so the limits are nested and the best choice of a unit is greedy (a laminar matroid).</remarks>
public sealed class UnitLimits
{
    /// <summary>Channel of an action that belongs to none: only the frequency cap limits it.</summary>
    public const int NoChannel = 255;

    private readonly ushort _cap;
    private readonly ushort[]? _caps;
    private readonly byte[] _channelOfAction;
    private readonly byte[] _channelCaps;
    private readonly bool _channelCapsPerUnit;

    internal UnitLimits(ushort cap, ushort[]? caps, byte[] channelOfAction, byte[] channelCaps, int channels, bool channelCapsPerUnit)
    {
        _cap = cap;
        _caps = caps;
        _channelOfAction = channelOfAction;
        _channelCaps = channelCaps;
        Channels = channels;
        _channelCapsPerUnit = channelCapsPerUnit;
    }

    /// <summary>Number of channels with caps of their own, at most 255; 0 when there are none.</summary>
    public int Channels { get; }

    /// <summary>Greatest number of actions of a unit, ≥ 0.</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>The frequency cap.</returns>
    public int Cap(int unit) => _caps is { } caps ? caps[unit] : _cap;

    /// <summary>Channel of an action.</summary>
    /// <param name="action">Action index.</param>
    /// <returns>A number below <see cref="Channels"/>, or <see cref="NoChannel"/>.</returns>
    public int ChannelOf(int action) => action < _channelOfAction.Length ? _channelOfAction[action] : NoChannel;

    /// <summary>Greatest number of actions of a unit in a channel, ≥ 0.</summary>
    /// <param name="unit">Unit index.</param>
    /// <param name="channel">Channel below <see cref="Channels"/>.</param>
    /// <returns>The cap.</returns>
    public int ChannelCap(int unit, int channel) => _channelCaps[_channelCapsPerUnit ? (unit * Channels) + channel : channel];

    /// <summary>Whether the unit takes at most one action and no channel has a cap.</summary>
    internal bool IsSingle(int unit) => Channels == 0 && Cap(unit) == 1;

    /// <summary>Whether every unit takes at most one action and no channel has a cap.</summary>
    internal bool AreAllSingle => Channels == 0 && _caps is null && _cap == 1;

    internal UnitLimits OfUnits(ReadOnlySpan<int> units)
    {
        var caps = _caps is null ? null : new ushort[units.Length];
        var channelCaps = _channelCapsPerUnit ? new byte[units.Length * Channels] : _channelCaps;
        for (var i = 0; i < units.Length; i++)
        {
            if (caps is not null)
            {
                caps[i] = _caps![units[i]];
            }

            if (_channelCapsPerUnit)
            {
                _channelCaps.AsSpan(units[i] * Channels, Channels).CopyTo(channelCaps.AsSpan(i * Channels));
            }
        }

        return new UnitLimits(_cap, caps, _channelOfAction, channelCaps, Channels, _channelCapsPerUnit);
    }
}
