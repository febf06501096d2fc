using Noah.Api.Platform.Errors;

namespace Noah.Api.Tests.Platform;

public sealed class JsonPathTests
{
    [Theory]
    [InlineData("$", "")]
    [InlineData("$.a", "/a")]
    [InlineData("$.a.b[2].c", "/a/b/2/c")]
    [InlineData("$['x y'].z", "/x y/z")]
    [InlineData("$['a/b']", "/a~1b")]
    [InlineData("$.items[0][1]", "/items/0/1")]
    public void ToPointer_FollowsRfc6901(string path, string pointer) => Assert.Equal(pointer, JsonPath.ToPointer(path));
}
