using System.Net;
using System.Net.Sockets;

namespace Noah.Cli.LocalServices;

/// <summary>A TCP port of the loopback interface that nothing listens on at the moment of asking.</summary>
internal static class FreePort
{
    /// <summary>The port wished for when it is free on loopback, else any.</summary>
    public static int Find(int wish)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wish);
            listener.Start();
            return wish;
        }
        catch (SocketException)
        {
            return Find();
        }
    }

    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
