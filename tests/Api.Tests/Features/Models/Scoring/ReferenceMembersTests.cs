using Noah.Api.Features.Models.Drift;
using Noah.Api.Features.Models.Scoring;

namespace Noah.Api.Tests.Features.Models.Scoring;

public sealed class ReferenceMembersTests
{
    private static readonly ModelProfile Profile = new(
        1000,
        new Dictionary<string, NumberProfile> { ["age"] = new([20, 30, 40], 0.5), ["empty"] = new([], 1) },
        new Dictionary<string, NameProfile> { ["zip"] = new(new Dictionary<string, double> { ["urban"] = 0.6, [NameProfile.Missing] = 0.4 }) });

    [Fact]
    public void Members_HaveTheValuesOfTheProfile_AndAreTheSameEachTime()
    {
        var reference = ReferenceMembers.Draw(Profile, ["zip", "age", "empty"]);
        Assert.Equal(["zip", "age", "empty"], reference.Columns.Select(column => column.Spec.Name));
        Assert.All(reference.Columns[0].Names.ToArray(), name => Assert.True(name is null or "urban"));
        Assert.All(reference.Columns[1].Numbers.ToArray(), age => Assert.True(float.IsNaN(age) || age is 20 or 30 or 40));
        Assert.Contains(reference.Columns[1].Numbers.ToArray(), float.IsNaN);
        Assert.All(reference.Columns[2].Numbers.ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.Equal(reference.Columns[1].Numbers.ToArray(), ReferenceMembers.Draw(Profile, ["zip", "age", "empty"]).Columns[1].Numbers.ToArray());
    }
}
