using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Features.Members;

/// <summary>
/// Ids of members follow from the tenant's salt and the external id (UUID version 8). A person who is imported again, even after an
/// erasure, keeps their place in every random assignment; and a tenant with a chosen salt repeats a study to the byte.
/// </summary>
internal static class MemberIdentity
{
    public static Guid Of(string salt, string externalId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\0{externalId}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
