using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Platform.Security;

/// <summary>
/// Links that carry their own right: a purpose, a tenant, a subject and an expiry under an HMAC-SHA256. A token for one purpose is
/// worthless for another; it reads nothing but its subject.
/// </summary>
internal sealed class SignedTokens(byte[] key)
{
    private const int PayloadLength = 16 + 16 + 8;
    private const int SignatureLength = 16;

    internal readonly record struct Claim(Guid TenantId, Guid SubjectId, DateTimeOffset ExpiresAt);

    public static SignedTokens Read(IConfiguration configuration) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(SecretFile.Read(configuration, "Noah:SigningKeyFile"))));

    public string Create(string purpose, Guid tenantId, Guid subjectId, DateTimeOffset expiresAt)
    {
        Span<byte> token = stackalloc byte[PayloadLength + SignatureLength];
        tenantId.TryWriteBytes(token, bigEndian: true, out _);
        subjectId.TryWriteBytes(token[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[32..], expiresAt.ToUnixTimeSeconds());
        Sign(purpose, token[..PayloadLength], token[PayloadLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>True when the signature holds; whether the expiry has passed is the caller's to judge, as a page says which.</summary>
    public bool TryRead(string purpose, string text, out Claim claim)
    {
        claim = default;
        Span<byte> token = stackalloc byte[PayloadLength + SignatureLength];
        if (text.Length > 128 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, token, out var written) || written != token.Length)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SignatureLength];
        Sign(purpose, token[..PayloadLength], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[PayloadLength..]))
        {
            return false;
        }

        claim = new Claim(
            new Guid(token[..16], bigEndian: true),
            new Guid(token[16..32], bigEndian: true),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token[32..])));
        return true;
    }

    private void Sign(string purpose, ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(purpose));
        hmac.AppendData([0]);
        hmac.AppendData(payload);
        Span<byte> full = stackalloc byte[32];
        hmac.GetHashAndReset(full);
        full[..SignatureLength].CopyTo(signature);
    }
}
