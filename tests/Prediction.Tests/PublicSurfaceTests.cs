using System.Reflection;
using System.Runtime.CompilerServices;
using Noah.Prediction.Response;

namespace Noah.Prediction.Tests;

/// <summary>What the engine exports is written down, so that a widening shows in review.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void ExportedMembers_EqualTheWrittenList()
    {
        string actual = string.Join('\n', typeof(ResponseModel).Assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal)) + "\n";
        if (Environment.GetEnvironmentVariable("NOAH_UPDATE_SURFACE") == "1")
        {
            File.WriteAllText(Path.Combine(Folder(), "PublicSurface.Prediction.txt"), actual);
        }
        Assert.Equal(File.ReadAllText(Path.Combine(Folder(), "PublicSurface.Prediction.txt")), actual);
    }

    private static IEnumerable<string> Lines(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null && member is not MethodInfo { IsSpecialName: true })
            .Select(member => $"{type.FullName}.{member.Name}").Distinct().Prepend(type.FullName!);

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
