namespace Noah.Bench;

/// <summary>A wrong argument; the message is one line for the person at the terminal.</summary>
internal sealed class BenchUsageException(string message) : Exception(message);
