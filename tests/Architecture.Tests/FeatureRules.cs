using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Noah.Architecture.Tests;

public sealed class FeatureRules
{
    private static readonly System.Reflection.Assembly Api = System.Reflection.Assembly.Load("Noah.Api");

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(Api).Build();

    /// <summary>The features are read from the assembly, so that a new folder is under the rules the day it appears.</summary>
    public static TheoryData<string> Features => [.. Api.GetTypes()
        .Select(type => type.Namespace ?? "")
        .Where(name => name.StartsWith("Noah.Api.Features.", StringComparison.Ordinal))
        .Select(name => name.Split('.')[3])
        .Distinct()];

    [Theory]
    [MemberData(nameof(Features))]
    public void Feature_UsesSiblingsThroughContractsOnly(string feature)
    {
        var inner = Types().That().ResideInNamespaceMatching(
            $@"^Noah\.Api\.Features\.(?!{feature}(\.|$))\w+(?!\.Contracts)($|\.(?!Contracts))");
        var rule = Types().That().ResideInNamespaceMatching($@"^Noah\.Api\.Features\.{feature}(\.|$)").Should().NotDependOnAny(inner);
        Assert.Empty(rule.Evaluate(Loaded).Where(result => !result.Passed).Select(result => result.Description));
    }

    [Fact]
    public void Platform_KnowsNoFeature()
    {
        var rule = Types().That().ResideInNamespaceMatching(@"^Noah\.Api\.Platform(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Noah\.Api\.Features(\.|$)"));
        Assert.Empty(rule.Evaluate(Loaded).Where(result => !result.Passed).Select(result => result.Description));
    }

    [Fact]
    public void Contracts_KnowNoFeatureFromInside()
    {
        var rule = Types().That().ResideInNamespaceMatching(@"^Noah\.Api\.Features\.\w+\.Contracts$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Noah\.Api\.Features\.\w+($|\.(?!Contracts))"));
        Assert.Empty(rule.Evaluate(Loaded).Where(result => !result.Passed).Select(result => result.Description));
    }

    [Fact]
    public void Api_ExportsOnlyProgram() => Assert.Equal(["Program"], Api.GetExportedTypes().Select(type => type.FullName));
}
