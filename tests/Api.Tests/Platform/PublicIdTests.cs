using Noah.Api.Platform.Persistence;

namespace Noah.Api.Tests.Platform;

public sealed class PublicIdTests
{
    [Fact]
    public void Format_ThenParse_GivesTheSameId()
    {
        for (var i = 0; i < 200; i++)
        {
            var id = Guid.CreateVersion7();
            Assert.True(PublicId.TryParse("cmp", PublicId.Format("cmp", id), out var parsed));
            Assert.Equal(id, parsed);
        }
    }

    [Fact]
    public void Format_KeepsTheOrderOfCreation()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 50).Select(i => PublicId.Format("cmp", Guid.CreateVersion7(start.AddMilliseconds(i)))).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData("cmp_")]
    [InlineData("exp_00000000000000000000000000")]
    [InlineData("cmp_0000000000000000000000000")]
    [InlineData("cmp_zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("cmp_0000000000000000000000000u")]
    public void TryParse_OfAnythingElse_IsFalse(string text) => Assert.False(PublicId.TryParse("cmp", text, out _));
}
