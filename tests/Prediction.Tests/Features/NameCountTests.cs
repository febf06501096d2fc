using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class NameCountTests
{
    [Fact]
    public void Counter_BeyondItsBound_UndercountsByAtMostTheShortfallAndKeepsTheFrequent()
    {
        const int Bound = 100;
        var random = new Random(1);
        string[] names = [.. Enumerable.Range(0, 50_000).Select(_ => $"n{(int)(5000 * Math.Pow(random.NextDouble(), 6))}")];
        var truth = names.CountBy(name => name).ToDictionary();
        var counter = new NameCounter(Bound);
        foreach (string name in names)
        {
            counter.Add(name);
        }
        var counted = counter.ByCount().ToDictionary();
        Assert.InRange(counter.Shortfall, 1, 2 * names.Length / Bound);
        Assert.InRange(counted.Count, 1, Bound);
        Assert.All(counted, pair => Assert.InRange(truth[pair.Key] - pair.Value, 0, counter.Shortfall));
        Assert.All(truth.Where(pair => pair.Value > counter.Shortfall), pair => Assert.Contains(pair.Key, counted.Keys));
    }

    [Fact]
    public void Counter_WithinItsBound_IsExact()
    {
        var counter = new NameCounter(3);
        foreach (string name in new[] { "b", "a", "b", "c", "a", "b" })
        {
            counter.Add(name);
        }
        Assert.Equal([new("b", 3), new("a", 2), new("c", 1)], counter.ByCount());
        Assert.Equal(0, counter.Shortfall);
    }

    [Fact]
    public void Table_OfManyNames_FindsWhatADictionaryFinds()
    {
        string[] names =
        [
            "", "a", "b", "ab", "ba", "abc", "abcd", "abcde", "Zürich", "\0", "\0\0", .. Enumerable.Range(0, 5000).Select(i => $"name-{i}"),
        ];
        var table = new NameTable(names);
        var places = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        string?[] asked = [null, "\0\0\0", "abd", "zürich", "name-5000", "name-", .. names.Select(name => new string(name.AsSpan()))];
        foreach (string?[] block in asked.Chunk(NameTable.MostAtOnce))
        {
            int[] found = new int[block.Length];
            table.Find(block, found);
            Assert.Equal(block.Select(name => name is null ? NameTable.Null : places.GetValueOrDefault(name, NameTable.Unknown)), found);
        }
    }

    [Fact]
    public void Table_OfANameTwice_SaysSo() => Assert.Throws<ArgumentException>("names", () => new NameTable(["a", "b", "a"]));
}
