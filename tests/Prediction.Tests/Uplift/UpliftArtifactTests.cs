using Noah.Prediction.Trees;
using Noah.Prediction.Uplift;

namespace Noah.Prediction.Tests.Uplift;

public sealed class UpliftArtifactTests
{
    private static readonly TreeBaseLearner Trees = new()
    {
        Outcome = new TreeOptions { LearningRate = 0.2, MaxRounds = 8, MaxDepth = 3, ValidationShare = 0 },
        Effect = new TreeOptions { LearningRate = 0.2, MaxRounds = 8, MaxDepth = 2, MinLeafRows = 100, ValidationShare = 0 },
    };

    private static readonly PlantedEffect Log = PlantedEffect.Create(800, 21, confounded: true), New = PlantedEffect.Create(300, 22, confounded: true);

    public static TheoryData<UpliftLearner, bool, bool> Models =>
        new(from learner in Enum.GetValues<UpliftLearner>() from trees in Both from known in Both select (learner, trees, known));

    private static bool[] Both => [true, false];

    [Theory]
    [MemberData(nameof(Models))]
    public void LoadOfSave_OfEachLearner_PredictsTheSameBitsAndSavesTheSameBytes(UpliftLearner learner, bool trees, bool known)
    {
        var model = Model(learner, trees ? Trees : new LinearBaseLearner(2.5), known);
        byte[] file = Bytes(model);
        var loaded = UpliftModel.Load(new MemoryStream(file));
        Assert.Equal(model.Predict(New.Features), loaded.Predict(New.Features));
        Assert.Equal(file, Bytes(loaded));
        Assert.Equal(model.Options, loaded.Options);
        Assert.Equal(Log.Features.Schema, loaded.Schema);
        Assert.Equal(model.DataDigest, loaded.DataDigest);
    }

    [Fact]
    public void DataDigest_ChangesWithEachOfTheData()
    {
        float[] outcomes = [.. Log.Outcomes];
        outcomes[3] += 1;
        bool[] treated = [.. Log.Treated];
        treated[3] = !treated[3];
        var options = new UpliftOptions { Learner = UpliftLearner.T, Base = new LinearBaseLearner() };
        string[] digests =
        [
            Digest(Log.Treated, Log.Outcomes, null), Digest(treated, Log.Outcomes, null), Digest(Log.Treated, outcomes, null),
            Digest(Log.Treated, Log.Outcomes, Log.Propensities),
        ];
        Assert.Equal(4, digests.Distinct().Count());

        string Digest(bool[] arms, float[] values, float[]? propensities) =>
            UpliftModel.Train(Log.Features, arms, values, propensities, options).Model!.DataDigest;
    }

    [Fact]
    public void Load_OfADamagedCutOrForeignFile_ThrowsInvalidData()
    {
        byte[] file = Bytes(Model(UpliftLearner.X, Trees, false));
        for (int at = 0; at < file.Length; at += 997)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => UpliftModel.Load(new MemoryStream(damaged)));
        }
        Assert.Throws<InvalidDataException>(() => UpliftModel.Load(new MemoryStream(file[..^40])));
        var error = Assert.Throws<InvalidDataException>(() => TwoStageTrees.Load(new MemoryStream(file)));
        Assert.Contains("holds a uplift model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_OfACallersOwnBaseLearner_SaysThatItCannot()
    {
        var error = Assert.Throws<NotSupportedException>(() => Bytes(Model(UpliftLearner.T, new SaysZero(), true)));
        Assert.Contains(nameof(SaysZero), error.Message, StringComparison.Ordinal);
    }

    private static UpliftModel Model(UpliftLearner learner, IBaseLearner baseLearner, bool known) => UpliftModel.Train(
        Log.Features, Log.Treated, Log.Outcomes, known ? Log.Propensities : null,
        new UpliftOptions { Learner = learner, Base = baseLearner, Folds = 2, PropensityClip = 0.01 }).Model!;

    private static byte[] Bytes(UpliftModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
