using System.Diagnostics;

namespace Noah.Cli.LocalServices;

/// <summary>Small system programs that end by themselves at once and whose answer is one line.</summary>
internal static class Tool
{
    public static async Task<string> CaptureAsync(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await RunAsync(fileName, arguments, cancellationToken);
        return exitCode == 0 ? output : throw new CommandFailedException($"{fileName} {string.Join(' ', arguments)}: {error}");
    }

    public static async Task<bool> SucceedsAsync(string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await RunAsync(fileName, arguments, cancellationToken)).ExitCode == 0;

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string fileName, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = await SpawnThread.StartAsync(new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        });
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }
}
