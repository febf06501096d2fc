using System.Globalization;

namespace Noah.Cli.LocalServices;

/// <summary>What the Api process is told, all by its environment.</summary>
/// <param name="Role">Role: api, worker or all.</param>
/// <param name="ConnectionString">Database, as noah_app.</param>
internal sealed record ApiSettings(string Role, string ConnectionString)
{
    /// <summary>Where it listens; a worker listens too, for its health.</summary>
    public Uri Address { get; init; } = new($"http://127.0.0.1:{FreePort.Find().ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Address in links of mails and reports; null: <see cref="Address"/>.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>system or manual; a manual clock stands still until its operator advances it.</summary>
    public string Clock { get; init; } = "system";

    /// <summary>First instant of a manual clock; null: now.</summary>
    public DateTimeOffset? ClockStart { get; init; }

    public int? SmtpPort { get; init; }

    public IReadOnlyDictionary<string, string> ToEnvironment(Checkout checkout)
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Noah"] = ConnectionString,
            ["Noah__Role"] = Role,
            ["Noah__Clock"] = Clock,
            ["Noah__OperatorKeyFile"] = OperatorKeyFile(checkout),
            ["Noah__SigningKeyFile"] = SigningKeyFile(checkout),
            ["Noah__PublicBaseUrl"] = (PublicAddress ?? Address).GetLeftPart(UriPartial.Authority),
            ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
            ["DOTNET_NOLOGO"] = "1",
        };
        if (ClockStart is { } start)
        {
            environment["Noah__ClockStart"] = start.ToString("O", CultureInfo.InvariantCulture);
        }

        if (SmtpPort is { } port)
        {
            environment["Noah__Smtp__Host"] = MailSink.Host;
            environment["Noah__Smtp__Port"] = port.ToString(CultureInfo.InvariantCulture);
        }
        return environment;
    }

    /// <summary>The key that creates tenants; generated at the first start.</summary>
    public static string OperatorKey(Checkout checkout) => SecretFile.ReadOrCreate(Path.Combine(checkout.State, "operator.key"), "noah_op_");

    private static string OperatorKeyFile(Checkout checkout)
    {
        _ = OperatorKey(checkout);
        return Path.Combine(checkout.State, "operator.key");
    }

    private static string SigningKeyFile(Checkout checkout)
    {
        var path = Path.Combine(checkout.State, "signing.key");
        _ = SecretFile.ReadOrCreate(path);
        return path;
    }
}
