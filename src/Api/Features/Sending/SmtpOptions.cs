using MailKit.Security;

namespace Noah.Api.Features.Sending;

/// <summary>The server that takes the mail, from Noah:Smtp. There is no default: a host that was told none sends nothing.</summary>
internal sealed record SmtpOptions(string Host, int Port, SecureSocketOptions Security, string? User, string? Password)
{
    /// <summary>
    /// Host, Port (25), Security (none, startTls or tls; default none), User and PasswordFile. Null when no host is named.
    /// </summary>
    public static SmtpOptions? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Noah:Smtp");
        return section["Host"] is not { Length: > 0 } host
            ? null
            : new SmtpOptions(
                host,
                section.GetValue("Port", 25),
                section["Security"] switch
                {
                    null or "none" => SecureSocketOptions.None,
                    "startTls" => SecureSocketOptions.StartTls,
                    "tls" => SecureSocketOptions.SslOnConnect,
                    var other => throw new InvalidOperationException($"Noah:Smtp:Security is '{other}'; it can be none, startTls or tls."),
                },
                section["User"],
                section["PasswordFile"] is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null);
    }
}
