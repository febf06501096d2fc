using System.Security.Cryptography;
using System.Text;

namespace Noah.Cli.LocalServices;

/// <summary>A short name for a path, so that two checkouts never share a place outside them.</summary>
internal static class PathDigest
{
    public static string Of(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..10];
}
