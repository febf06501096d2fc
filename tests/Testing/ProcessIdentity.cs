using System.Globalization;

namespace Noah.Testing;

/// <summary>Process id and start time as one word: unlike the id alone, never given to another process of this boot.</summary>
internal static class ProcessIdentity
{
    // Counted from the state, the first field after the program's name, which may hold anything.
    private const int StartTimeAfterName = 19;

    public static string OfThisProcess { get; } = Of(Environment.ProcessId)!;

    public static bool IsAlive(string identity) =>
        int.TryParse(identity.Split('-')[0], CultureInfo.InvariantCulture, out var processId) && Of(processId) == identity;

    private static string? Of(int processId)
    {
        var id = processId.ToString(CultureInfo.InvariantCulture);
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return $"{id}-{stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartTimeAfterName]}";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
