using System.Security.Cryptography;
using System.Text;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>
/// SHA-256 over the tenant's id and the lower-case address: suppressions and sends outlive members without keeping their addresses, and equal
/// addresses of two tenants can't be matched. Lower case means ASCII letters only, which no collation and no locale changes.
/// </summary>
internal static class AddressHash
{
    public static byte[] Of(Guid tenantId, string address)
    {
        var lower = string.Create(address.Length, address, static (span, text) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = char.IsAsciiLetterUpper(text[index]) ? (char)(text[index] | 0x20) : text[index];
            }
        });
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{tenantId}:{lower}"));
    }

    /// <summary>The same of a column, for set-based queries.</summary>
    public static string Sql(string address) => $"sha256(convert_to(noah_tenant()::text || ':' || lower({address} COLLATE \"C\"), 'UTF8'))";
}
