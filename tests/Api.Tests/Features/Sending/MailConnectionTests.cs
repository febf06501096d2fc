using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Noah.Api.Features.Sending;

namespace Noah.Api.Tests.Features.Sending;

/// <summary>A server that misbehaves at each step of the conversation: did the mail certainly stay here, or may it have left?</summary>
public sealed class MailConnectionTests
{
    [Theory]
    [InlineData("250 ok", "250 ok", "354 go", "250 kept", MailVerdict.Accepted, null)]
    [InlineData("550 no", null, null, null, MailVerdict.Refused, "senderRefused")]
    [InlineData("250 ok", "550 nobody", null, null, MailVerdict.Refused, "recipientRefused")]
    [InlineData("250 ok", "451 later", null, null, MailVerdict.Later, "recipientRefused")]
    [InlineData("250 ok", "250 ok", "354 go", "452 full", MailVerdict.Later, "messageRefused")]
    [InlineData("250 ok", "250 ok", "354 go", "554 spam", MailVerdict.Refused, "messageRefused")]
    [InlineData("hang up", null, null, null, MailVerdict.Later, "connectionLost")]
    [InlineData("250 ok", "hang up", null, null, MailVerdict.Later, "connectionLost")]
    [InlineData("250 ok", "250 ok", "hang up", null, MailVerdict.Unknown, "connectionLostDuringHandOver")]
    [InlineData("250 ok", "250 ok", "354 go", "hang up", MailVerdict.Unknown, "connectionLostDuringHandOver")]
    public async Task Send_ToldByTheServer_HasThatVerdict(
        string toSender, string? toRecipient, string? toData, string? toContent, object verdict, string? reason)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, toSender, toRecipient, toData, toContent);
        await using (var connection = Connection(listener))
        {
            Assert.True(await connection.EnsureOpenAsync());
            var reply = await connection.SendAsync(Mail());
            Assert.Equal((MailVerdict)verdict, reply.Verdict);
            Assert.Equal(reason, reply.Reason);
        }

        await serving;
    }

    [Fact]
    public async Task Send_ToAnAddressTheServerCantSpell_IsRefused_AndTheNextMailLeaves()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, "250 ok", "250 ok", "354 go", "250 kept");
        await using (var connection = Connection(listener))
        {
            Assert.True(await connection.EnsureOpenAsync());
            var refused = await connection.SendAsync(Mail("jürgen@example.invalid"));
            Assert.Equal((MailVerdict.Refused, "recipientRefused"), (refused.Verdict, refused.Reason));
            Assert.True(await connection.EnsureOpenAsync());
            Assert.Equal(MailVerdict.Accepted, (await connection.SendAsync(Mail())).Verdict);
        }

        await serving;
    }

    [Theory]
    [InlineData("550 <ADA@Example.invalid>: no mailbox ada@example.invalid here", "550 <recipient>: no mailbox <recipient> here")]
    [InlineData("451 try again", "451 try again")]
    public async Task Reply_DoesNotRepeatTheAddress(string toRecipient, string expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, "250 ok", toRecipient, null, null);
        await using (var connection = Connection(listener))
        {
            Assert.True(await connection.EnsureOpenAsync());
            Assert.Equal(expected, (await connection.SendAsync(Mail())).Text);
        }

        await serving;
    }

    [Fact]
    public async Task Open_WhereNobodyListens_IsFalse()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var connection = Connection(listener);
        listener.Stop();
        Assert.False(await connection.EnsureOpenAsync());
    }

    private static MailConnection Connection(TcpListener listener) => new(
        new SmtpOptions("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, SecureSocketOptions.None, null, null), NullLogger<MailConnection>.Instance);

    private static MimeMessage Mail(string recipient = "ada@example.invalid") =>
        new([new MailboxAddress("", "shop@shop.invalid")], [new MailboxAddress("", recipient)], "News", new TextPart("plain") { Text = "Hello" });

    private static async Task ServeAsync(TcpListener listener, string toSender, string? toRecipient, string? toData, string? toContent)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync() is { } line)
        {
            var answer = line.Split(' ')[0].ToUpperInvariant() switch
            {
                "MAIL" => toSender,
                "RCPT" => toRecipient!,
                "DATA" => toData!,
                "." => toContent!,
                "EHLO" or "RSET" or "NOOP" => "250 ok",
                "QUIT" => "221 bye",
                _ => null,
            };
            if (answer == "hang up")
            {
                return;
            }

            if (answer is not null)
            {
                await writer.WriteLineAsync(answer);
            }
        }
    }
}
