using System.Globalization;
using System.Net.Mail;
using Noah.Testing;

namespace Noah.Cli.Tests.LocalServices;

public sealed class MailSinkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_SentBySmtp_IsKeptWithItsEnvelope()
    {
        await using var server = await TestMailServer.StartAsync(Cancel);
        using var client = new SmtpClient(TestMailServer.Host, server.Port);
        using var message = new MailMessage("shop@retailer.invalid", "c1@example.invalid") { Subject = "Hello", Body = "A first line\n.\nand a last one" };
        message.Bcc.Add("c2@example.invalid");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        await client.SendMailAsync(message, Cancel);

        var mail = Assert.Single(await server.WaitForAsync(1, cancellationToken: Cancel));
        Assert.Equal("shop@retailer.invalid", mail.EnvelopeFrom);
        Assert.Equal(["c1@example.invalid", "c2@example.invalid"], mail.EnvelopeTo);
        Assert.Equal("Hello", mail.Headers["Subject"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Contains("and a last one", mail.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_KeepTheOrderOfTheirArrival()
    {
        await using var server = await TestMailServer.StartAsync(Cancel);
        using var client = new SmtpClient(TestMailServer.Host, server.Port);
        for (var number = 0; number < 25; number++)
        {
            await client.SendMailAsync("a@x.invalid", "b@x.invalid", number.ToString(CultureInfo.InvariantCulture), "", Cancel);
        }

        var mails = await server.WaitForAsync(25, cancellationToken: Cancel);
        Assert.Equal(Enumerable.Range(0, 25).Select(number => number.ToString(CultureInfo.InvariantCulture)), mails.Select(mail => mail.Headers["Subject"]));
    }

    [Fact]
    public async Task Dispose_ClosesThePort()
    {
        var server = await TestMailServer.StartAsync(Cancel);
        var port = server.Port;
        await server.DisposeAsync();
        using var client = new SmtpClient(TestMailServer.Host, port);
        await Assert.ThrowsAnyAsync<SmtpException>(() => client.SendMailAsync("a@x.invalid", "b@x.invalid", "late", "", Cancel));
    }
}
