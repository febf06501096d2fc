using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noah.Experimentation.Assignment;

/// <summary>
/// Assigns units to arms by a hash of salt and unit id: the same unit meets the same arm on every machine and in every rerun, and
/// two experiments with different salts are independent of one another.
/// </summary>
/// <remarks>
/// The hash is the first eight bytes, big-endian, of SHA-256(utf8(salt) ‖ 0x00 ‖ id), of which the top 53 bits make the number. A
/// cryptographic hash costs a fraction of a microsecond and leaves no structure between similar ids or salts, which the faster
/// multiplicative hashes do; and it can be recomputed elsewhere (PostgreSQL: <c>sha256(convert_to(salt,'UTF8') || '\x00' ||
/// uuid_send(id))</c>), so that an auditor needs no code of ours.
/// </remarks>
public static class SaltedHash
{
    private const int Uuid = 16;
    private const int StackLimit = 256;

    /// <summary>A number that looks uniform over units, fixed for a unit and salt.</summary>
    /// <param name="unitId">Unit id, in its textual (big-endian) byte order.</param>
    /// <param name="salt">Name of the experiment or layer; not empty, without the character U+0000.</param>
    /// <returns>A multiple of 2⁻⁵³ in [0, 1).</returns>
    /// <exception cref="ArgumentException">The salt is empty or contains U+0000.</exception>
    public static double Uniform(Guid unitId, string salt)
    {
        Span<byte> bytes = stackalloc byte[Uuid];
        unitId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Uniform(bytes, salt);
    }

    /// <summary>A number that looks uniform over units, fixed for a unit and salt.</summary>
    /// <param name="unitId">Bytes of the unit id, any length.</param>
    /// <param name="salt">Name of the experiment or layer; not empty, without the character U+0000.</param>
    /// <returns>A multiple of 2⁻⁵³ in [0, 1).</returns>
    /// <exception cref="ArgumentException">The salt is empty or contains U+0000.</exception>
    public static double Uniform(ReadOnlySpan<byte> unitId, string salt)
    {
        ArgumentException.ThrowIfNullOrEmpty(salt);
        if (salt.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Must not contain U+0000, which separates salt and unit id.", nameof(salt));
        }

        var saltLength = Encoding.UTF8.GetByteCount(salt);
        var length = saltLength + 1 + unitId.Length;
        var message = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(salt, message);
        message[saltLength] = 0;
        unitId.CopyTo(message[(saltLength + 1)..]);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The arm of a unit under the given weights.</summary>
    /// <param name="unitId">Unit id, in its textual (big-endian) byte order.</param>
    /// <param name="salt">Name of the experiment or layer; not empty, without the character U+0000.</param>
    /// <param name="weights">One finite weight of at least 0 per arm, not all 0; they need not sum to one.</param>
    /// <returns>Index of the arm; an arm of weight 0 is never returned.</returns>
    /// <exception cref="ArgumentException">The salt or a weight is not allowed.</exception>
    public static int Bucket(Guid unitId, string salt, ReadOnlySpan<double> weights)
    {
        Span<byte> bytes = stackalloc byte[Uuid];
        unitId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bucket(bytes, salt, weights);
    }

    /// <summary>The arm of a unit under the given weights.</summary>
    /// <param name="unitId">Bytes of the unit id, any length.</param>
    /// <param name="salt">Name of the experiment or layer; not empty, without the character U+0000.</param>
    /// <param name="weights">One finite weight of at least 0 per arm, not all 0; they need not sum to one.</param>
    /// <returns>Index of the arm; an arm of weight 0 is never returned.</returns>
    /// <exception cref="ArgumentException">The salt or a weight is not allowed.</exception>
    public static int Bucket(ReadOnlySpan<byte> unitId, string salt, ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        var last = -1;
        for (var arm = 0; arm < weights.Length; arm++)
        {
            if (!double.IsFinite(weights[arm]) || weights[arm] < 0)
            {
                throw new ArgumentException($"Weight {arm} is {weights[arm]}: must be finite and at least 0.", nameof(weights));
            }

            total += weights[arm];
            last = weights[arm] > 0 ? arm : last;
        }

        if (last < 0)
        {
            throw new ArgumentException("At least one weight must be above 0.", nameof(weights));
        }

        var remaining = Uniform(unitId, salt) * total;
        for (var arm = 0; arm < last; arm++)
        {
            remaining -= weights[arm];
            if (remaining < 0)
            {
                return arm;
            }
        }

        return last;
    }
}
