using System.Net;
using System.Net.Sockets;

namespace Noah.Cli.LocalServices;

/// <summary>A TCP port of the loopback interface that nothing listens on at the moment of asking.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
