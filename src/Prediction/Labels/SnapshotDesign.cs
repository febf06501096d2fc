using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Noah.Prediction.Labels;

/// <summary>
/// When each member is looked at: a day D drawn at random, features from before D, treatment in [D, D + W_T), outcomes from D + W_T on. Were
/// converters looked at right before they convert and the others today, the model would learn which of the two it sees (last-touch bias).
/// Windows and the draw are those of Wei et al. (arXiv 2608.10182): D = R − (W_C + W_T + W_D) + U, U uniform on {0 … W_D − 1}.
/// </summary>
public sealed record SnapshotDesign
{
    private const int LongestDays = 3_650;

    /// <summary>R: the last instant of which the log is complete.</summary>
    public required DateTimeOffset Reference { get; init; }

    /// <summary>Days before the snapshot that features look at. Default 60. In [1, 3650].</summary>
    public int FeatureDays { get; init; } = 60;

    /// <summary>W_D: days over which snapshots are spread. Default 90. In [1, 3650]; 1 gives all members one day.</summary>
    public int JitterDays { get; init; } = 90;

    /// <summary>W_T: days after the snapshot within which a treatment counts. Default 7. In [0, 3650]; 0 where none is studied.</summary>
    public int TreatmentDays { get; init; } = 7;

    /// <summary>W_C: days of follow-up that every member has at least. Default 30. In [1, 3650].</summary>
    public int FollowUpDays { get; init; } = 30;

    /// <summary>
    /// Length of the outcome window in days; null, the default, counts outcomes up to the reference, so that windows differ in length. In
    /// [1, 3650]. One longer than <see cref="FollowUpDays"/> leaves the members with late snapshots immature.
    /// </summary>
    public int? HorizonDays { get; init; }

    /// <summary>Salt of the draws. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The first instant a snapshot can have: 127 days before the reference by default.</summary>
    public DateTimeOffset Earliest => Reference.AddDays(-(FollowUpDays + TreatmentDays + JitterDays));

    /// <summary>The last instant a snapshot can have: 38 days before the reference by default.</summary>
    public DateTimeOffset Latest => Reference.AddDays(-(FollowUpDays + TreatmentDays + 1));

    /// <summary>
    /// The snapshot of a member: the same in any order, on any machine and in any rerun. SHA-256 of seed and id, both big-endian; the first
    /// eight bytes choose the day (its bias is below 2⁻⁵²).
    /// </summary>
    /// <param name="memberId">Bytes of the id, any length, always in the same order.</param>
    /// <exception cref="ArgumentException">The design is outside its ranges.</exception>
    public DateTimeOffset SnapshotOf(ReadOnlySpan<byte> memberId)
    {
        Validate();
        Span<byte> message = memberId.Length <= 56 ? stackalloc byte[8 + memberId.Length] : new byte[8 + memberId.Length];
        BinaryPrimitives.WriteUInt64BigEndian(message, Seed);
        memberId.CopyTo(message[8..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        ulong day = Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(digest), (ulong)JitterDays, out _);
        return Earliest.AddDays(day);
    }

    /// <summary>The snapshot of a member known by a number.</summary>
    /// <param name="member">Any number that stays with the member.</param>
    /// <exception cref="ArgumentException">The design is outside its ranges.</exception>
    public DateTimeOffset SnapshotOf(long member)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, member);
        return SnapshotOf(bytes);
    }

    /// <summary>Throws unless every window is within its range.</summary>
    /// <exception cref="ArgumentException">The message names the window and what it may be.</exception>
    public void Validate()
    {
        Require(FeatureDays, 1, nameof(FeatureDays));
        Require(JitterDays, 1, nameof(JitterDays));
        Require(TreatmentDays, 0, nameof(TreatmentDays));
        Require(FollowUpDays, 1, nameof(FollowUpDays));
        Require(HorizonDays ?? 1, 1, nameof(HorizonDays));
    }

    private static void Require(int days, int least, string window)
    {
        if (days < least || days > LongestDays)
        {
            throw new ArgumentOutOfRangeException(window, days, $"{window} must be in [{least}, {LongestDays}].");
        }
    }
}
