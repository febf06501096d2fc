using System.Text;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Artifacts;

public sealed class ArtifactTests
{
    private static readonly SyntheticCampaign Campaign = SyntheticCampaign.Create(400, 51);

    private static readonly Lazy<ResponseModel> Response = new(() => ResponseModel.Train(
        Campaign.Features, Campaign.Actions, Campaign.Response,
        new ResponseOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 2 }));

    private static readonly Lazy<byte[]> ResponseFile = new(() => Bytes(Response.Value.Save));

    [Fact]
    public void LoadOfSave_OfResponse_PredictsTheSameBitsAndSavesTheSameBytes()
    {
        var loaded = ResponseModel.Load(new MemoryStream(ResponseFile.Value));
        Assert.Equal(Response.Value.Predict(Campaign.Features, 1), loaded.Predict(Campaign.Features, 1));
        Assert.Equal(Response.Value.Embed(Campaign.Features), loaded.Embed(Campaign.Features));
        Assert.Equal(ResponseFile.Value, Bytes(loaded.Save));
        Assert.Equal(Response.Value.Training.DataDigest, loaded.Training.DataDigest);
        Assert.Equal(Response.Value.Training.Curve, loaded.Training.Curve);
    }

    [Fact]
    public void LoadOfSave_OfValue_PredictsTheSameBits()
    {
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 2 };
        var model = ValueModel.Train(Campaign.Features, Campaign.Actions, Campaign.Amount, options);
        byte[] file = Bytes(model.Save);
        var loaded = ValueModel.Load(new MemoryStream(file));
        Assert.Equal(model.Predict(Campaign.Features, 1), loaded.Predict(Campaign.Features, 1));
        Assert.Equal(file, Bytes(loaded.Save));
        var error = Assert.Throws<InvalidDataException>(() => ResponseModel.Load(new MemoryStream(file)));
        Assert.Contains("value model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfOneChangedByteAnywhere_ThrowsInvalidData()
    {
        for (int at = 0; at < ResponseFile.Value.Length; at += 211)
        {
            byte[] damaged = [.. ResponseFile.Value];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => ResponseModel.Load(new MemoryStream(damaged)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(1000)]
    public void Load_OfACutFile_ThrowsInvalidData(int length) =>
        Assert.Throws<InvalidDataException>(() => ResponseModel.Load(new MemoryStream(ResponseFile.Value[..length])));

    [Fact]
    public void Load_OfAForeignFile_SaysSo()
    {
        var error = Assert.Throws<InvalidDataException>(() => ResponseModel.Load(new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 500)))));
        Assert.Contains("not a NOAH model file", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }
}
