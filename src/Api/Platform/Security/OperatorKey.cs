namespace Noah.Api.Platform.Security;

/// <summary>The key of whoever runs the installation: it creates tenants and moves a manual clock, and sees no tenant's data.</summary>
internal sealed class OperatorKey(byte[] hash)
{
    public byte[] Hash { get; } = hash;

    /// <summary>Reads the key from the file named by Noah:OperatorKeyFile.</summary>
    public static OperatorKey Read(IConfiguration configuration) => new(ApiKeySecret.Hash(SecretFile.Read(configuration, "Noah:OperatorKeyFile")));
}
