using System.Reflection;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void ExportedMembers_AreTheReviewedOnes()
    {
        if (Environment.GetEnvironmentVariable("NOAH_UPDATE_SURFACE") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), "PublicSurface.Optimization.txt"), string.Join('\n', Surface()) + '\n');
            Assert.Skip("The reviewed surface was rewritten; look at the difference before it is committed.");
        }

        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicSurface.Optimization.txt"));
        Assert.Equal(expected, string.Join('\n', Surface()) + '\n');
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static IEnumerable<string> Surface()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var lines = new List<string>();
        foreach (var type in typeof(AllocationProgram).Assembly.GetExportedTypes())
        {
            lines.Add(type.FullName!);
            // Members that the compiler writes for records and enums say nothing about the surface.
            lines.AddRange(type.GetMembers(Declared)
                .Where(member => member is not MethodInfo { IsSpecialName: true } && member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null)
                .Where(member => member.Name is not ("value__" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString" or "<Clone>$"))
                .Select(member => $"{type.FullName}.{member.Name}{(member is MethodBase method ? $"({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})" : "")}"));
        }

        return lines.Distinct().Order(StringComparer.Ordinal);
    }
}
