using Microsoft.EntityFrameworkCore;
using Noah.Migrations;

if (args is not ["--connection", { Length: > 0 } connection])
{
    await Console.Error.WriteLineAsync("usage: Noah.Migrations --connection <connection string of the role that owns the database>");
    return 2;
}

await using var db = DesignTimeFactory.Create(connection);
var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
await db.Database.MigrateAsync();
Console.WriteLine(pending.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", pending)}.");
return 0;
