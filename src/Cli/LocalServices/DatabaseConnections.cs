namespace Noah.Cli.LocalServices;

/// <summary>How to reach one database.</summary>
/// <param name="Owner">As noah_owner, who owns the database and runs migrations.</param>
/// <param name="App">As noah_app, the Api's role: no owner, subject to row-level security.</param>
internal sealed record DatabaseConnections(string Owner, string App);
