using System.Reflection;
using System.Runtime.CompilerServices;
using Noah.Simulation.Retail;

namespace Noah.Simulation.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void ExportedMembers_AreThoseOfTheCommittedList()
    {
        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicSurface.Simulation.txt"));
        var actual = typeof(RetailerWorld).Assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal).Distinct().ToArray();
        Assert.True(expected.SequenceEqual(actual), "The exported members are now:\n" + string.Join('\n', actual));
    }

    private static IEnumerable<string> Lines(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.Name is not ("Deconstruct" or "value__"))
        .Where(member => member is not MethodBase { IsSpecialName: true, IsConstructor: false })
        .Select(member => $"{type.FullName}.{member.Name}")
        .Append(type.FullName!);
}
