namespace Noah.Testing;

/// <summary>A database of its own for one test or fixture.</summary>
/// <param name="Name">Name in the cluster.</param>
/// <param name="OwnerConnectionString">As noah_owner, who owns the database and runs migrations.</param>
/// <param name="AppConnectionString">As noah_app, the Api's role: no owner, subject to row-level security.</param>
/// <param name="SuperuserConnectionString">To the maintenance database, for what neither may do, such as ending other sessions.</param>
public sealed record TestDatabase(
    string Name, string OwnerConnectionString, string AppConnectionString, string SuperuserConnectionString);
