using Noah.Prediction.Response;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Tests.Trees;

public sealed class TreeArtifactTests
{
    private static readonly Lazy<(BoostedTrees Model, byte[] File)> Saved = new(() =>
    {
        var (table, labels) = BoostedTreesTests.Interaction(600, 61);
        var model = BoostedTrees.Train(table, labels, null, new TreeOptions { MaxRounds = 12, Seed = 9 }).Model!;
        return (model, Bytes(model));
    });

    [Fact]
    public void LoadOfSave_PredictsTheSameBitsAndSavesTheSameBytes()
    {
        var loaded = BoostedTrees.Load(new MemoryStream(Saved.Value.File));
        var (table, _) = BoostedTreesTests.Interaction(300, 62);
        Assert.Equal(Saved.Value.Model.Predict(table), loaded.Predict(table));
        Assert.Equal(Saved.Value.File, Bytes(loaded));
        Assert.Equal(Saved.Value.Model.Options, loaded.Options);
        Assert.Equal(Saved.Value.Model.Training.DataDigest, loaded.Training.DataDigest);
        Assert.Equal(TreeStatus.Trained, loaded.Status);
    }

    [Fact]
    public void Load_OfOneChangedByteAnywhere_ThrowsInvalidData()
    {
        for (int at = 0; at < Saved.Value.File.Length; at += 97)
        {
            byte[] damaged = [.. Saved.Value.File];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => BoostedTrees.Load(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void Load_OfACutOrForeignFile_ThrowsInvalidData()
    {
        Assert.Throws<InvalidDataException>(() => BoostedTrees.Load(new MemoryStream(Saved.Value.File[..^40])));
        var error = Assert.Throws<InvalidDataException>(() => ResponseModel.Load(new MemoryStream(Saved.Value.File)));
        Assert.Contains("holds a trees model", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(BoostedTrees model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
