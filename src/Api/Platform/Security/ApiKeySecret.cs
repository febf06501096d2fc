using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Platform.Security;

/// <summary>
/// The secret of an API key: 32 random bytes, shown once. The database holds its SHA-256 only; a plain hash suffices because the
/// secret has full entropy, and it allows a lookup by index.
/// </summary>
internal static class ApiKeySecret
{
    public const string TenantPrefix = "noah_";
    public const string OperatorPrefix = "noah_op_";

    public static string Create() => TenantPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The first characters, by which a person recognises a key in a list.</summary>
    public static string Hint(string secret) => secret[..(TenantPrefix.Length + 6)];
}
