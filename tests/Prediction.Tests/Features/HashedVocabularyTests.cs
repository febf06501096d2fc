using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class HashedVocabularyTests
{
    private static readonly string?[] ManyNames = [.. Enumerable.Range(0, 20_000).Select(id => $"campaign-{id}")];

    // Computed by an independent program from the published definitions of FNV-1a and of MurmurHash3's finalizer.
    [Theory]
    [InlineData("", 0xEFD01F60BA992926)]
    [InlineData("mail", 0x182132654C69E491)]
    [InlineData("Zürich", 0xF8EE1A5EA2C667D1)]
    public void Of_KnownNames_GivesTheGoldenBits(string name, ulong expected) => Assert.Equal(expected, NameHash.Of(name));

    [Theory]
    [InlineData(VocabularyKind.Hashed, 1, 0.051)]
    [InlineData(VocabularyKind.QuotientRemainder, 2, 0.95)]
    public void Transform_OfManyNames_TellsApartAsManyAsChanceAllows(VocabularyKind kind, int columns, double bound)
    {
        var table = new FeatureTable([FeatureColumn.Categorical("id", ManyNames)]);
        var encoder = FeatureEncoder.Fit(table, new FeatureEncoderOptions { Vocabulary = kind, HashRows = 1020 });
        var encoded = encoder.Transform(table);
        Assert.Equal(columns, encoded.CategoricalWidth);
        Assert.Equal(1020, encoder.VocabularySizes.Sum());
        Assert.All(encoded.Codes.Index(), code => Assert.InRange(code.Item, 1, encoder.VocabularySizes[code.Index % columns] - 1));
        double distinct = encoded.Codes.Chunk(columns).Select(codes => string.Join(' ', codes)).Distinct().Count() / 20_000.0;
        // 1,019 codes, or by the birthday rule (1 − e^(−n/m)) m/n of 20,000 names in m = 509² pairs: 0.96.
        Assert.True(kind == VocabularyKind.Hashed ? distinct <= bound : distinct >= bound, $"{distinct:P1} of the names are told apart.");
    }

    [Fact]
    public void Transform_OfMissingAndUnseenNames_GivesZeroAndTheHash()
    {
        var table = new FeatureTable([FeatureColumn.Categorical("id", ManyNames)]);
        var options = new FeatureEncoderOptions { Vocabulary = VocabularyKind.QuotientRemainder, HashRows = 100 };
        var encoder = FeatureEncoder.Fit(table, options);
        var encoded = encoder.Transform(new FeatureTable([FeatureColumn.Categorical("id", [null, "never seen", "never seen"])]));
        Assert.Equal([0, 0], encoded.Codes[..2]);
        Assert.All(encoded.Codes[2..], code => Assert.InRange(code, 1, 49));
        Assert.Equal(encoded.Codes[2..4], encoded.Codes[4..]);
    }

    [Fact]
    public void Fit_OfFewNames_KeepsTheFullVocabulary()
    {
        var campaign = SyntheticCampaign.Create(500, 1);
        var options = new FeatureEncoderOptions { Vocabulary = VocabularyKind.Hashed };
        Assert.Equal(FeatureEncoder.Fit(campaign.Features).ToJson(), FeatureEncoder.Fit(campaign.Features, options).ToJson());
    }

    [Fact]
    public void FromJson_OfToJson_GivesTheSameCodes()
    {
        var table = new FeatureTable([FeatureColumn.Categorical("id", ManyNames)]);
        var encoder = FeatureEncoder.Fit(table, new FeatureEncoderOptions { Vocabulary = VocabularyKind.QuotientRemainder });
        Assert.Equal(encoder.Transform(table).Codes, FeatureEncoder.FromJson(encoder.ToJson()).Transform(table).Codes);
    }

    [Fact]
    public void Fit_OfWrongOptions_NamesThem()
    {
        var table = new FeatureTable([FeatureColumn.Categorical("id", ["a"])]);
        Assert.Throws<ArgumentOutOfRangeException>("HashRows", () => FeatureEncoder.Fit(table, new FeatureEncoderOptions { HashRows = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "Vocabulary", () => FeatureEncoder.Fit(table, new FeatureEncoderOptions { Vocabulary = (VocabularyKind)9 }));
    }
}
