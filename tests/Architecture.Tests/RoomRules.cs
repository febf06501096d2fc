using System.Reflection;

namespace Noah.Architecture.Tests;

public sealed class RoomRules
{
    public static TheoryData<string> Engines => ["Prediction", "Optimization", "Heuristics", "Experimentation", "Simulation"];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Engine_ReferencesNoOtherRoom(string engine) =>
        Assert.DoesNotContain(References(engine), name => name.StartsWith("Noah.", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Engines))]
    public void Engine_ReferencesNoDatabaseServerOrLogger(string engine) => Assert.DoesNotContain(
        References(engine),
        name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
            || name.StartsWith("Npgsql", StringComparison.Ordinal));

    [Fact]
    public void Cli_SpeaksToTheApiByHttpAlone() =>
        Assert.DoesNotContain(References("Cli"), name => name is "Noah.Api" or "Noah.Prediction" or "Noah.Optimization" or "Noah.Heuristics" or "Noah.Experimentation");

    [Fact]
    public void Migrations_UseTheHostAndNoEngine() =>
        Assert.Equal(["Noah.Api"], References("Migrations").Where(name => name.StartsWith("Noah.", StringComparison.Ordinal)));

    private static IEnumerable<string> References(string room) =>
        Assembly.Load($"Noah.{room}").GetReferencedAssemblies().Select(name => name.Name!);
}
