using Noah.Api.Features.Members;

namespace Noah.Api.Tests.Features.Members;

public sealed class MemberIdentityTests
{
    [Fact]
    public void SameSaltAndExternalId_GiveTheSameId() =>
        Assert.Equal(MemberIdentity.Of("salt", "c-1"), MemberIdentity.Of("salt", "c-1"));

    [Theory]
    [InlineData("salt", "c-2")]
    [InlineData("other", "c-1")]
    [InlineData("sal", "tc-1")]
    public void AnotherSaltOrExternalId_GivesAnother(string salt, string externalId) =>
        Assert.NotEqual(MemberIdentity.Of("salt", "c-1"), MemberIdentity.Of(salt, externalId));

    [Fact]
    public void Id_IsAVersion8Uuid()
    {
        var id = MemberIdentity.Of("salt", "c-1");
        Assert.Equal(8, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }
}
