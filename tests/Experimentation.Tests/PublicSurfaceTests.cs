using System.Reflection;
using Noah.Experimentation.Reports;

namespace Noah.Experimentation.Tests;

/// <summary>A widening of the exported surface shows up as a change of the list beside this file.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void ExportedMembers_EqualTheReviewedList()
    {
        var exported = typeof(ExperimentAnalysis).Assembly.GetExportedTypes().SelectMany(Members).Order(StringComparer.Ordinal).ToArray();
        var reviewed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicSurface.Experimentation.txt"));
        Assert.True(exported.SequenceEqual(reviewed), "Exported now:\n" + string.Join('\n', exported));
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.IsEnum
            ? Enum.GetNames(type)
            : type.GetMembers(declared)
                .Where(member => member is PropertyInfo or FieldInfo || (member is MethodInfo method && !method.IsSpecialName && !Generated(method)))
                .Select(member => member.Name)
                .Distinct();
        return members.Select(name => $"{type.FullName}.{name}").Append(type.FullName!);
    }

    // What the compiler adds to records is not a decision of ours.
    private static bool Generated(MethodInfo method) =>
        method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" || method.Name.StartsWith('<');
}
